#!/usr/bin/env bash
# Codes exchanged for id_tokens by the gateway and by their floor, in turn, on one PostgreSQL.
#   ROUNDS=5 REQUESTS=10000     rounds, and requests in each
# Everything it starts it ends; everything else it writes is in one temporary folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. bench/postgres.sh
PGPASSWORD=$PGPASSWORD "$PGBIN/psql" -q -h 127.0.0.1 -p "$PGPORT" -U owner -d postgres -c 'create database gateway'
dotnet "$TMP/bench/bench.dll" tokens "$CONNECTION" "$TMP/gateway/gateway.dll" "$TMP/master.key" "$TMP" "${ROUNDS:-5}" "${REQUESTS:-10000}"
