#!/bin/sh
# Makes docker/secrets once: the master key, and the database owner's password in the two forms that its readers want.
set -eu
cd "$(dirname "$0")"
if [ -e secrets ]; then
  echo "docker/secrets is there already and is left as it is." >&2
  exit 0
fi

# The directory keeps other users of this machine out. The files in it must be readable: a container sees only the file,
# as a user of its own.
umask 077
mkdir secrets.new
password=$(head -c 32 /dev/urandom | od -An -v -tx1 | tr -d ' \n')
head -c 32 /dev/urandom | base64 >secrets.new/master-key
printf '%s\n' "$password" >secrets.new/database-password
printf '*:*:gateway:gateway_owner:%s\n' "$password" >secrets.new/database-passfile
chmod 444 secrets.new/*
mv secrets.new secrets
echo "Made docker/secrets. Keep a copy of master-key elsewhere: without it the sealed values in a backup do not open."
