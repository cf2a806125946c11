#!/usr/bin/env bash
# Pages of the engine's API and the bare SQL of the same rows, in turn, eight in flight.
#   ROUNDS=40        rounds of a second for each
#   PAGES=learners   only these: learners, enrollments, changes
# Everything it starts it ends; everything else it writes is in one temporary folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. bench/postgres.sh
"$PGBIN/psql" -q "host=127.0.0.1 port=$PGPORT user=owner dbname=postgres password=$PGPASSWORD" -c 'create database gateway'
dotnet "$TMP/bench/bench.dll" api "$CONNECTION" "$TMP/gateway/gateway.dll" "$TMP/master.key" "$TMP" "${ROUNDS:-40}" "${PAGES:-}"
