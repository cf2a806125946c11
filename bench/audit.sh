#!/usr/bin/env bash
# A chain of the audit trail verified, and its rows read alone, in turn.
#   ROUNDS=5 ENTRIES=1000000
# Everything it starts it ends; everything else it writes is in one temporary folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. bench/postgres.sh
PGPASSWORD=$PGPASSWORD "$PGBIN/psql" -q -h 127.0.0.1 -p "$PGPORT" -U owner -d postgres -c 'create database gateway'
dotnet "$TMP/bench/bench.dll" audit "$CONNECTION" "${ROUNDS:-5}" "${ENTRIES:-1000000}"
