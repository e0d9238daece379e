#!/bin/sh
# The role can use its own database, and is refused on every other one that is not the server's. PGHOST, PGUSER,
# PGPASSWORD and PGDATABASE say who and where.
set -eu

ask() {
  psql --no-psqlrc --no-password --tuples-only --no-align --set ON_ERROR_STOP=1 "$@"
}

ask --command "CREATE TABLE platc_check (one int); INSERT INTO platc_check VALUES (1); DROP TABLE platc_check" > /dev/null
echo "own database $PGDATABASE: ok"

ask --command "SELECT datname FROM pg_database WHERE datallowconn AND datname <> current_database()
  AND datname NOT IN ('postgres', 'template1', 'azure_maintenance', 'azure_sys') ORDER BY datname" |
  while read -r other; do
    if answer=$(PGDATABASE=$other ask --command "SELECT 1" 2>&1); then
      echo "$PGUSER can log in to $other" >&2
      exit 1
    fi
    case $answer in
      *"permission denied for database"*) echo "refused on $other" ;;
      *) echo "$other: $answer" >&2; exit 1 ;;
    esac
  done
