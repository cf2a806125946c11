#!/usr/bin/env bash
# A whole roster over REST by the OneRoster library, and by a bare loop that downloads the same pages, in turn, against the sample SIS.
#   ROUNDS=5 STUDENTS=50000
# Everything it starts it ends; everything else it writes is in one temporary folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
ROUNDS=${ROUNDS:-5} STUDENTS=${STUDENTS:-50000}
TMP=$(mktemp -d /tmp/pull.XXXXXX)
sis=
cleanup() {
  set +e
  if [ -n "$sis" ]; then kill "$sis"; wait "$sis"; fi 2>/dev/null
  rm -rf "$TMP"
}
trap cleanup EXIT
trap 'exit 130' INT TERM
dotnet publish samples/Sis -c Release -o "$TMP/sis" -v q --nologo -m:1 -nodeReuse:false
dotnet publish bench -c Release -o "$TMP/bench" -v q --nologo -m:1 -nodeReuse:false
Sis__Students=$STUDENTS Sis__Url=http://127.0.0.1:0 dotnet "$TMP/sis/sample-sis.dll" >"$TMP/sis.log" 2>&1 &
sis=$!
for _ in $(seq 600); do if grep -q "^listening on " "$TMP/sis.log"; then break; fi; kill -0 "$sis" || { cat "$TMP/sis.log" >&2; exit 1; }; sleep 0.1; done
echo "$(nproc) cores; load $(cut -d' ' -f1 /proc/loadavg); .NET $(dotnet --version); $STUDENTS students"
dotnet "$TMP/bench/bench.dll" roster-pull "$(sed -n 's/^listening on //p' "$TMP/sis.log")" "$ROUNDS"
