#!/usr/bin/env bash
# Writes the bill of materials (CycloneDX) of the gateway and its two libraries: scripts/sbom.sh [FILE]   (default: artifacts/sbom.json)
# Then holds it against the lock files: every package that is delivered is in it, in that version and with a hash, and nothing else is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck source=scripts/prepare.sh
. scripts/prepare.sh
find_sdk || { echo "sbom.sh: $sdk_missing" >&2; exit 1; }
file=${1:-artifacts/sbom.json}
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)

dotnet tool restore >/dev/null
dotnet restore src/Gateway --locked-mode --nologo -v quiet
# From what was just restored, and from nowhere else: the tool asks no host about licences.
dotnet CycloneDX src/Gateway/Gateway.csproj --recursive --include-project-references --disable-package-restore \
  --set-name gateway --set-version "$version" --spec-version 1.6 --output-format Json \
  --output "$(dirname "$file")" --filename "$(basename "$file")" >/dev/null
node scripts/check-sbom.mjs "$file" src/Gateway/packages.lock.json src/Lti/packages.lock.json src/OneRoster/packages.lock.json
