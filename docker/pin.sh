#!/bin/sh
# Writes the images that compose.yaml and the Dockerfile use to docker/.env, each with the digest that its tag has now.
# Other lines of that file stay. Run it again to move to newer images. Needs docker with buildx, and the registries.
set -eu
cd "$(dirname "$0")"

images='
SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
DATABASE_IMAGE=postgres:17
PROXY_IMAGE=caddy:2-alpine
'

new=$(mktemp)
trap 'rm -f "$new"' EXIT
if [ -e .env ]; then grep -vE '^(SDK|RUNTIME|DATABASE|PROXY)_IMAGE=' .env >"$new" || true; fi
for image in $images; do
  digest=$(docker buildx imagetools inspect "${image#*=}" --format '{{.Manifest.Digest}}')
  # The digest of the list of all processors' images, so that one file serves all machines.
  if ! printf '%s\n' "$digest" | grep -qxE 'sha256:[0-9a-f]{64}'; then
    echo "pin.sh: no digest for ${image#*=}; docker/.env is left as it was." >&2
    exit 1
  fi
  printf '%s@%s\n' "$image" "$digest" >>"$new"
done
cat "$new" >.env
grep -E '^(SDK|RUNTIME|DATABASE|PROXY)_IMAGE=' .env
