#!/usr/bin/env bash
# Runs every test: ./test.sh [FILTER]   (FILTER as in dotnet test --filter, e.g. Launches or "Requirement=L-1.3")
# Installs PostgreSQL, Chromium, OpenSSH, nginx and Node.js from the distribution's packages when they are missing.
# The last line reads "N passed, N failed"; the exit code is 0 only if all passed and at least one ran.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

# shellcheck source=scripts/prepare.sh
. scripts/prepare.sh
filter=${1:-}
results=artifacts/tests
passed=0 failed=0 skipped=0

finish() {
  line="$passed passed, $failed failed"
  if [ "$skipped" -gt 0 ]; then line="$line, $skipped skipped"; fi
  echo "$line"
  if [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] && [ "${1:-0}" -eq 0 ]; then exit 0; fi
  exit 1
}

give_up() {
  echo "test.sh: $1" >&2
  finish 1
}

attribute() { # of the counters of a trx file; 0 when there is none
  local value
  value=$(sed -n 's/.*<Counters\( [^>]*\)>.*/\1/p' "$1" 2>/dev/null | sed -n "s/.* $2=\"\([0-9]*\)\".*/\1/p" | head -n 1)
  echo "${value:-0}"
}

run_project() {
  local project=$1 name trx exit_code total ran good bad begun=$SECONDS
  name=$(basename "$project" .csproj)
  trx=$results/$name.trx
  # The assembly, not the project: nothing to evaluate again. A test that hangs is ended after five minutes, and counts as failed below.
  dotnet test "${project%/*}/bin/Debug/net10.0/$name.dll" --nologo --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --blame-hang-timeout 5m --blame-hang-dump-type none \
    ${filter:+--filter "$filter"} </dev/null
  exit_code=$?
  total=$(attribute "$trx" total) ran=$(attribute "$trx" executed) good=$(attribute "$trx" passed)
  bad=$((ran - good))
  # The test host died, or the run was broken off: whatever it had counted until then.
  if [ $exit_code -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + total - ran))
  summaries+=("$(printf '%-20s %5d passed %5d failed %5d skipped %5d s' "$name" "$good" "$bad" $((total - ran)) $((SECONDS - begun)))")
}

find_sdk || give_up "$sdk_missing"
# Hundreds of short processes: what the compiler learns about them is never used.
export DOTNET_TieredPGO=0
missing=()
have_postgresql || missing+=(postgresql)
have_chromium || missing+=(chromium)
have_openssh || missing+=(openssh-server openssh-client)
have_nginx || missing+=(nginx-light)
have_node || missing+=(nodejs npm)
if [ ${#missing[@]} -gt 0 ]; then install_packages "${missing[@]}"; fi

rm -rf "$results"
dotnet build Gateway.sln --disable-build-servers --nologo -v quiet || give_up "the build failed"

summaries=()
for project in tests/*.Tests/*.csproj; do
  run_project "$project"
done
echo
printf '%s\n' "${summaries[@]}"
finish
