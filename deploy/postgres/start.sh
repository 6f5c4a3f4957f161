#!/bin/bash
# PostgreSQL in a folder; the first start makes role and database "sohoa", and an interrupted first start begins anew.
# Usage: start.sh [SETTING=VALUE...]   as root, which reads the password; the server itself runs as postgres
set -euo pipefail
folder=${FOLDER:-/var/lib/records}
password_file=${PASSWORD_FILE:-/run/secrets/postgres_password}
programs=/usr/lib/postgresql/15/bin
as_postgres=(setpriv --reuid=postgres --regid=postgres --init-groups --)

say() { "${as_postgres[@]}" psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --host=/tmp --dbname="$1"; }

make_cluster() {
    local new=$folder/new password
    rm -rf "$new"
    "${as_postgres[@]}" "$programs/initdb" --pgdata="$new" --encoding=UTF8 --locale=C.UTF-8 --data-checksums \
        --auth-local=peer --auth-host=scram-sha-256
    echo 'host sohoa sohoa all scram-sha-256' >> "$new/pg_hba.conf"
    # Nobody but this script reaches it before role and database are there.
    "${as_postgres[@]}" "$programs/pg_ctl" --pgdata="$new" --wait --options="-c listen_addresses= -k /tmp" start
    password=$(tr -d '\r\n' < "$password_file")
    printf "CREATE ROLE sohoa LOGIN PASSWORD '%s';\n" "${password//\'/\'\'}" | say postgres
    echo 'CREATE DATABASE sohoa OWNER sohoa;' | say postgres
    "${as_postgres[@]}" "$programs/pg_ctl" --pgdata="$new" --wait --mode=fast stop
    sync -f "$new"
    mv "$new" "$folder/data"
    sync "$folder"
}

mkdir -p "$folder"
chown postgres: "$folder"
[ -e "$folder/data" ] || make_cluster
settings=()
for setting in "$@"; do settings+=(-c "$setting"); done
exec "${as_postgres[@]}" "$programs/postgres" -D "$folder/data" -k /tmp -c listen_addresses='*' "${settings[@]}"
