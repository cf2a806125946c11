#!/usr/bin/env bash
# Logins beside a hundred clients that ask for /privacy/usage without a pause, and without them, in turn.
#   ROUNDS=6 LAUNCHES=1000000
# Everything it starts it ends; everything else it writes is in one temporary folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. bench/postgres.sh
PGPASSWORD=$PGPASSWORD "$PGBIN/psql" -q -h 127.0.0.1 -p "$PGPORT" -U owner -d postgres -c 'create database gateway'
dotnet "$TMP/bench/bench.dll" hammer "$CONNECTION" "$TMP/gateway/gateway.dll" "$TMP/master.key" "$TMP" "${ROUNDS:-6}" "${LAUNCHES:-1000000}"
