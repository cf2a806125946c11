#!/usr/bin/env bash
# Nights of a roster by the gateway and by their floors, in turn, on one PostgreSQL: the first, an unchanged one, one with 3 % changed.
#   bench/rosters.sh            both sizes;  --small: 50,000 students, 300,000 enrollments;  --large: 1,000,000 and 7,000,000
#   ROUNDS=3 LARGE_ROUNDS=1     rounds
# Everything it starts it ends; everything else it writes is in one temporary folder (with --large about 6 GB).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
ROUNDS=${ROUNDS:-3} LARGE_ROUNDS=${LARGE_ROUNDS:-1} SIZE=${1:---all}
case $SIZE in --all | --small | --large) ;; *) sed -n '2,5p' "${BASH_SOURCE[0]}" >&2; exit 2 ;; esac
. bench/postgres.sh
rosters() { dotnet "$TMP/bench/bench.dll" rosters "$CONNECTION" "$TMP/gateway/gateway.dll" "$TMP/master.key" "$TMP" "$@"; }
if [ "$SIZE" != --large ]; then rosters "$ROUNDS" 50000 6; fi
if [ "$SIZE" != --small ]; then rosters "$LARGE_ROUNDS" 1000000 7; fi
