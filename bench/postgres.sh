# Sourced by rosters.sh, readers.sh and api.sh, at the root of the repository: publishes gateway and bench, starts a PostgreSQL of its own.
# Leaves TMP (all files, gone at the end), CONNECTION (the owner's, database gateway) and TMP/master.key.
PGBIN=${PGBIN:-$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)}
TMP=$(mktemp -d /tmp/rosters.XXXXXX); chmod 711 "$TMP"
as_pg() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
cleanup() {
  set +e
  [ -f "$TMP/pg/postmaster.pid" ] && as_pg "$PGBIN/pg_ctl" -D "$TMP/pg" -m immediate -w stop >/dev/null
  rm -rf "$TMP"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

dotnet publish src/Gateway -c Release -o "$TMP/gateway" -v q --nologo -m:1 -nodeReuse:false --ucr -p:PublishReadyToRun=true --self-contained false
dotnet publish bench -c Release -o "$TMP/bench" -v q --nologo -m:1 -nodeReuse:false

random() { head -c 24 /dev/urandom | base64 | tr -d '+/='; }
PGPASSWORD=$(random)
head -c 32 /dev/urandom | base64 >"$TMP/master.key"
install -d -m 700 "$TMP/pg"; printf %s "$PGPASSWORD" >"$TMP/password"; chmod 600 "$TMP/password" "$TMP/master.key"
if [ "$(id -u)" = 0 ]; then chown postgres "$TMP/pg" "$TMP/password"; fi
as_pg "$PGBIN/initdb" -D "$TMP/pg" -U owner -A scram-sha-256 --pwfile="$TMP/password" -E UTF8 --locale=C.UTF-8 >"$TMP/initdb.log"
# Durable, over TCP. Beyond the defaults only what any operator sets: a cache, and room for the log of a night.
printf '%s\n' "listen_addresses = '127.0.0.1'" "unix_socket_directories = ''" "shared_buffers = 512MB" "max_wal_size = 4GB" "checkpoint_timeout = 15min" |
  as_pg tee -a "$TMP/pg/postgresql.conf" >/dev/null
if [ -n "${PGEXTRA:-}" ]; then printf '%b\n' "$PGEXTRA" | as_pg tee -a "$TMP/pg/postgresql.conf" >/dev/null; fi
# A free port is one that the server gets.
for _ in 1 2 3 4 5; do
  PGPORT=$((20000 + RANDOM % 12000))
  if as_pg "$PGBIN/pg_ctl" -D "$TMP/pg" -l "$TMP/pg/log" -o "-p $PGPORT" -w start >/dev/null 2>&1; then break; fi
done
CONNECTION="Host=127.0.0.1;Port=$PGPORT;Username=owner;Password=$PGPASSWORD;Database=gateway"
echo "$(nproc) cores; load $(cut -d' ' -f1 /proc/loadavg); .NET $(dotnet --version); $("$PGBIN/postgres" -V)"
