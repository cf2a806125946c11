#!/usr/bin/env bash
# What readers of a roster notice while a night goes over it: p50 and p99 before it and in each of its phases.
#   NIGHTS=5 STUDENTS=50000     nights with 3 % changed, and of how many
# Everything it starts it ends; everything else it writes is in one temporary folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. bench/postgres.sh
dotnet "$TMP/bench/bench.dll" roster-readers "$CONNECTION" "$TMP/gateway/gateway.dll" "$TMP/master.key" "$TMP" "${NIGHTS:-5}" "${STUDENTS:-50000}"
