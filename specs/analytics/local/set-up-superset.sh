#!/bin/sh
# Brings Superset's tables to its version, and makes its first administrator and the databases that it asks: a file in the
# folder DATABASES for each, with its URI. It can be run any number of times.
set -eu

superset db upgrade
superset fab create-admin --username "$ADMIN_NAME" --firstname Local --lastname Developer \
  --email "$ADMIN_EMAIL" --password "$ADMIN_PASSWORD"
superset init

for file in "$DATABASES"/*; do
  [ -f "$file" ] || continue
  superset set-database-uri --database_name "$(basename "$file")" --uri "$(cat "$file")"
done
