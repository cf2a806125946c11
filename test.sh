#!/usr/bin/env bash
# Runs every test: ./test.sh [FILTER]   (FILTER as in dotnet test --filter, e.g. Launches or "Requirement=L-1.3")
# Installs PostgreSQL and Chromium from the distribution's packages when they are missing.
# The last line reads "N passed, N failed"; the exit code is 0 only if all passed and at least one ran.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1
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

find_sdk() {
  local place
  for place in "" "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet /usr/local/share/dotnet; do
    if [ -n "$place" ] && [ -x "$place/dotnet" ]; then export DOTNET_ROOT=$place PATH="$place:$PATH"; fi
    if command -v dotnet >/dev/null && dotnet --version >/dev/null 2>&1; then return 0; fi
  done
  return 1
}

have_postgresql() {
  local bin version
  for bin in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin ${PATH//:/ }; do
    if [ -x "$bin/initdb" ] && [ -x "$bin/postgres" ]; then
      version=$("$bin/postgres" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
      if [ "${version:-0}" -ge 15 ]; then return 0; fi
    fi
  done
  return 1
}

have_chromium() {
  command -v chromium || command -v chromium-browser || command -v google-chrome
} >/dev/null

# Without a package the tests that need it fail, and say so; the others are worth running all the same.
install_packages() {
  local root=() dropin=/etc/postgresql-common/createcluster.d/gateway-tests.conf
  if ! command -v apt-get >/dev/null; then
    echo "Missing: $*. Install with this system's package manager (dnf install -y postgresql-server chromium; brew install postgresql@17 chromium)." >&2
    return
  fi
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null || ! { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
      echo "Missing: $*. As root: apt-get update && apt-get install -y --no-install-recommends $*" >&2
      return
    fi
    root=(sudo)
  fi
  echo "Installing $* from the distribution's packages ..."
  # Debian's package would start a server of its own; the tests start private ones. Only for this installation: the file goes again.
  "${root[@]}" mkdir -p "${dropin%/*}"
  echo "create_main_cluster = false" | "${root[@]}" tee "$dropin" >/dev/null
  "${root[@]}" apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null ||
    echo "apt-get could not install: $*" >&2
  "${root[@]}" rm -f "$dropin"
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
  # The assembly, not the project: nothing to evaluate again. A test that hangs is ended after ten minutes, and counts as failed below.
  dotnet test "${project%/*}/bin/Debug/net10.0/$name.dll" --nologo --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --blame-hang-timeout 10m --blame-hang-dump-type none \
    ${filter:+--filter "$filter"} </dev/null
  exit_code=$?
  total=$(attribute "$trx" total) ran=$(attribute "$trx" executed) good=$(attribute "$trx" passed)
  bad=$((ran - good))
  # The test host died, or the run was broken off: whatever it had counted until then.
  if [ $exit_code -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + total - ran))
  summaries+=("$(printf '%-20s %5d passed %5d failed %5d skipped %5d s' "$name" "$good" "$bad" $((total - ran)) $((SECONDS - begun)))")
}

find_sdk || give_up "the .NET SDK $(sed -n 's/.*"version": "\([0-9.]*\)".*/\1/p' global.json) or a newer 10.0 is missing: https://dotnet.microsoft.com/download/dotnet/10.0"
missing=()
have_postgresql || missing+=(postgresql)
have_chromium || missing+=(chromium)
if [ ${#missing[@]} -gt 0 ]; then install_packages "${missing[@]}"; fi

rm -rf "$results"
dotnet build Gateway.sln --disable-build-servers --nologo -v quiet || give_up "the build failed"

summaries=()
for project in tests/*/*.csproj; do
  run_project "$project"
done
echo
printf '%s\n' "${summaries[@]}"
finish
