-- Makes what the stacks of the spec make on the server of an environment: a role, its database, and rights in it alone.
-- ROLE, ROLE_PASSWORD, DATABASE and PRIVILEGES come from the environment; it can be run any number of times.
\getenv role ROLE
\getenv password ROLE_PASSWORD
\getenv database DATABASE
\getenv privileges PRIVILEGES

SELECT format('CREATE ROLE %I LOGIN', :'role')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'role') \gexec
SELECT format('ALTER ROLE %I PASSWORD %L', :'role', :'password') \gexec
SELECT format('CREATE DATABASE %I TEMPLATE template0 ENCODING ''UTF8''', :'database')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', :'database') \gexec
SELECT format('GRANT %s ON DATABASE %I TO %I', :'privileges', :'database', :'role') \gexec

\connect :"database"
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO :"role";
