#!/usr/bin/env bash
# Starts the gateway with a sample LMS, SIS and practice engine, syncs a made-up district and prints where to click.
#   ./run.sh          runs until Ctrl-C, which ends everything that it started
#   ./run.sh --once   one roster sync, one launch and one score without a person; prints a summary, exits 0 or 1
# Installs PostgreSQL from the distribution's packages when it is missing. Everything it keeps is under .data/.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

case "${1:-}" in
  "" | --once) ;;
  *) sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac

# shellcheck source=scripts/prepare.sh
. scripts/prepare.sh

find_sdk || { echo "run.sh: $sdk_missing" >&2; exit 1; }
have_postgresql || install_packages postgresql
have_postgresql || { echo "run.sh: PostgreSQL 15 or newer is missing: apt-get install -y postgresql" >&2; exit 1; }

echo "Building ..."
dotnet build scripts/run.slnf --disable-build-servers --nologo -v quiet || { echo "run.sh: the build failed" >&2; exit 1; }
exec dotnet samples/Demo/bin/Debug/net10.0/sample-demo.dll "$@"
