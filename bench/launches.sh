#!/usr/bin/env bash
# Whole launches (login, id_token, launch, one durable record) by the gateway, by the floor and by ltijs, in turn, on one PostgreSQL.
#   PEERS=../shared/peers/launch   load generator, fake platform and ltijs (needs Node.js and npm)
#   ROUNDS=3 SECONDS_EACH=15 WARMUP=10 CONCURRENCY=8 RATE=200   as in the peers' README
#   MEMORY=100000                  then this many launches more, with the gateway's memory before and after (0: not)
#   GROWTH=1                       then the same load with 10,000 registrations and 1,000,000 learners in the tables (0: not)
#   BEFORE=REVISION                the gateway of that revision as well, in turn with this one (none: not), and then PAIRS=24 short rounds of both
#   LTIJS=1                        ltijs as well (0: not)
#   RESULTS=artifacts/launches     where the JSON lines go
# Everything it starts it ends; everything else it writes is in one temporary folder.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PEERS=$(readlink -f "${PEERS:-../shared/peers/launch}")
ROUNDS=${ROUNDS:-3} SECONDS_EACH=${SECONDS_EACH:-15} WARMUP=${WARMUP:-10} CONCURRENCY=${CONCURRENCY:-8} RATE=${RATE:-200}
MEMORY=${MEMORY:-100000} GROWTH=${GROWTH:-1} BEFORE=${BEFORE:-} PAIRS=${PAIRS:-24} LTIJS=${LTIJS:-1} RESULTS=$(readlink -m "${RESULTS:-artifacts/launches}")
PGBIN=${PGBIN:-$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)}

TMP=$(mktemp -d /tmp/launches.XXXXXX); chmod 711 "$TMP"
pids=()
as_pg() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
cleanup() {
  set +e
  for p in "${pids[@]}"; do kill "$p" 2>/dev/null; done
  for p in "${pids[@]}"; do wait "$p" 2>/dev/null; done
  [ -f "$TMP/pg/postmaster.pid" ] && as_pg "$PGBIN/pg_ctl" -D "$TMP/pg" -m fast -w stop >/dev/null
  [ -d "$TMP/before-source" ] && git -C "$repository" worktree remove --force "$TMP/before-source"
  rm -rf "$TMP"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

rm -rf "$RESULTS"; mkdir -p "$RESULTS"
cp -r "$PEERS" "$TMP/peers"; chmod -R u+w "$TMP/peers"
(cd "$TMP/peers" && npm ci --no-audit --no-fund --silent && cd ltijs && npm ci --no-audit --no-fund --silent)
publish() { dotnet publish "$1/src/Gateway" -c Release -o "$2" -v q --nologo --ucr -p:PublishReadyToRun=true --self-contained false; }
publish . "$TMP/gateway"
repository=$PWD
if [ -n "$BEFORE" ]; then
  git worktree add -q --detach "$TMP/before-source" "$BEFORE"
  publish "$TMP/before-source" "$TMP/before"
fi
dotnet publish bench -c Release -o "$TMP/bench" -v q --nologo

read -r PGPORT PLATFORM GATEWAY FLOOR LTIJS_PORT BEFORE_PORT < <(node -e '
  const net=require("net"),s=[0,0,0,0,0,0].map(()=>net.createServer().listen(0,"127.0.0.1"));
  setTimeout(()=>{console.log(s.map(x=>x.address().port).join(" "));process.exit()},100)')

# One PostgreSQL for all three: the defaults, durable, over TCP.
PGPASSWORD=$(node -p 'require("crypto").randomBytes(16).toString("hex")')
install -d -m 700 "$TMP/pg"; printf %s "$PGPASSWORD" >"$TMP/password"; chmod 600 "$TMP/password"
if [ "$(id -u)" = 0 ]; then chown postgres "$TMP/pg" "$TMP/password"; fi
as_pg "$PGBIN/initdb" -D "$TMP/pg" -U owner -A scram-sha-256 --pwfile="$TMP/password" -E UTF8 --locale=C.UTF-8 >"$TMP/initdb.log"
printf "listen_addresses = '127.0.0.1'\nport = %s\nunix_socket_directories = ''\n" "$PGPORT" | as_pg tee -a "$TMP/pg/postgresql.conf" >/dev/null
as_pg "$PGBIN/pg_ctl" -D "$TMP/pg" -l "$TMP/pg/log" -w start >/dev/null
export PGHOST=127.0.0.1 PGPORT PGUSER=owner PGPASSWORD
for db in gateway before floor ltijs; do "$PGBIN/psql" -q -d postgres -c "create database $db"; done

start() { local name=$1; shift; "$@" >"$TMP/$name.log" 2>&1 & pids+=($!); printf -v "${name}_pid" %s $!; }
wait_for() { for _ in $(seq 600); do if eval "$1"; then return; fi; sleep 0.1; done; echo "did not start: $2" >&2; cat "$TMP/$2.log" >&2; exit 1; }
cd "$TMP/peers"
ISS=http://127.0.0.1:$PLATFORM
start platform node platform.mjs --port "$PLATFORM" --key-file "$TMP/key.json"
wait_for 'grep -q ready "$TMP/platform.log"' platform
tools=(floor gateway)
if [ -n "$BEFORE" ]; then tools+=(before); fi
if [ "$LTIJS" = 1 ]; then
  tools+=(ltijs)
  start ltijs env PORT="$LTIJS_PORT" PLATFORM_ISS="$ISS" PLATFORM_KEYS="$ISS/jwks" CLIENT_ID=client-1 NODE_ENV=production PGDATABASE=ltijs node ltijs/app.mjs
  wait_for 'grep -q " ready" "$TMP/ltijs.log"' ltijs
fi
start floor dotnet "$TMP/bench/bench.dll" launch-floor "http://127.0.0.1:$FLOOR" "Host=127.0.0.1;Port=$PGPORT;Username=owner;Password=$PGPASSWORD;Database=floor" "$ISS/jwks" "$ISS/auth"
wait_for 'grep -q ready "$TMP/floor.log"' floor
head -c 32 /dev/urandom | base64 >"$TMP/master.key"
export Gateway__AllowPrivateNetworks=true Gateway__MasterKeyFile=$TMP/master.key
# All launches come from one address and one registration.
export Gateway__RateLimits__LaunchesPerAddress=10000000 Gateway__RateLimits__LaunchesPerRegistration=10000000
echo "a made-up secret of forty characters, okay" >"$TMP/secret"; chmod 600 "$TMP/master.key" "$TMP/secret"
serve() { # NAME PORT: the gateway in the folder NAME, on the database NAME, with one registration
  local name=$1 port=$2
  export ASPNETCORE_URLS=http://127.0.0.1:$port ConnectionStrings__Gateway="Host=127.0.0.1;Port=$PGPORT;Username=owner;Password=$PGPASSWORD;Database=$name"
  start "$name" dotnet "$TMP/$name/gateway.dll" serve
  wait_for "curl -sf http://127.0.0.1:$port/health/ready >/dev/null" "$name"
  run() { dotnet "$TMP/$name/gateway.dll" "$@" >/dev/null; }
  run district add bench --name Bench --time-zone America/Chicago
  run client add engine --initiate-login-uri http://127.0.0.1:5999/app --redirect-uri http://127.0.0.1:5999/callback --secret-file "$TMP/secret" --accept-agreement "A Bench"
  run platform add bench --kind other --issuer "$ISS" --client-id client-1 --deployment-id deployment-1 \
    --authorize-url "$ISS/auth" --token-url "$ISS/token" --jwks-url "$ISS/jwks"
}
serve gateway "$GATEWAY"
if [ -n "$BEFORE" ]; then serve before "$BEFORE_PORT"; fi

load() { # TOOL ...: the load generator against one tool
  local tool=$1 login target prefix pid; shift
  case $tool in
    gateway) login=http://127.0.0.1:$GATEWAY/lti/login target=http://127.0.0.1:$GATEWAY/lti/launch prefix=http://127.0.0.1:5999/app pid=$gateway_pid ;;
    before) login=http://127.0.0.1:$BEFORE_PORT/lti/login target=http://127.0.0.1:$BEFORE_PORT/lti/launch prefix=http://127.0.0.1:5999/app pid=$before_pid ;;
    floor) login=http://127.0.0.1:$FLOOR/login target=http://127.0.0.1:$FLOOR/launch prefix=/app pid=$floor_pid ;;
    ltijs) login=http://127.0.0.1:$LTIJS_PORT/login target=http://127.0.0.1:$LTIJS_PORT/ prefix='/?ltik=' pid=$ltijs_pid ;;
  esac
  node load.mjs --login-url "$login" --target-link-uri "$target" --iss "$ISS" --client-id client-1 --deployment-id deployment-1 \
    --key-file "$TMP/key.json" --auth-prefix "$ISS/auth" --expect-status 302,303 --expect-location-prefix "$prefix" \
    --pid "tool=$pid" --pid "postgres=@$TMP/pg/postmaster.pid" "$@"
}
closed() { load "$1" --concurrency "$CONCURRENCY" --seconds "$SECONDS_EACH" --warmup "$WARMUP" --json >>"$RESULTS/$2.jsonl"; }
memory() { awk '/VmRSS/ {printf "%d", $2 / 1024}' "/proc/$gateway_pid/status"; }

echo "$(nproc) cores; node $(node -v); .NET $(dotnet --version); $("$PGBIN/postgres" -V); ltijs $(node -p 'require("./ltijs/node_modules/ltijs/package.json").version')"
load gateway --probe | cut -c1-60
# Warm all of them: the first seconds belong to the compilers.
for tool in "${tools[@]}"; do load "$tool" --concurrency "$CONCURRENCY" --seconds 20 --warmup 0 --json >/dev/null; done
for _ in $(seq "$ROUNDS"); do
  for tool in "${tools[@]}"; do closed "$tool" "$tool"; done
  load gateway --rate "$RATE" --seconds "$SECONDS_EACH" --warmup "$WARMUP" --json >>"$RESULTS/gateway-rate.jsonl"
done
for file in "${tools[@]}" gateway-rate; do echo; echo "$file"; node table.mjs "$RESULTS/$file.jsonl"; done
node -e '
  const fs=require("fs"),dir=process.argv[1],median=x=>x.sort((a,b)=>a-b)[x.length>>1];
  const per=n=>median(fs.readFileSync(`${dir}/${n}.jsonl`,"utf8").trim().split("\n").map(l=>JSON.parse(l).cpu.launchesPerToolCpuSecond));
  const rate=Object.fromEntries(process.argv.slice(2).map(n=>[n,per(n)])),{floor,gateway,ltijs}=rate;
  console.log(`\nlaunches per CPU second: ${Object.entries(rate).map(([n,r])=>`${n} ${r.toFixed(0)}`).join(", ")}`);
  if(ltijs)console.log(`gateway / ltijs ${(gateway/ltijs).toFixed(1)}`);
  console.log(`CPU of the gateway / CPU of the floor ${(floor/gateway).toFixed(2)}`)' "$RESULTS" "${tools[@]}"

# A change of some per cent is less than what a shared machine differs from one minute to the next: short rounds of both, each first in turn.
if [ -n "$BEFORE" ]; then
  for pair in $(seq "$PAIRS"); do
    order=(gateway before); if [ $((pair % 2)) = 1 ]; then order=(before gateway); fi
    for tool in "${order[@]}"; do load "$tool" --concurrency "$CONCURRENCY" --seconds 6 --warmup 1 --json >>"$RESULTS/pair-$tool.jsonl"; done
  done
  node -e '
    const fs=require("fs"),rows=n=>fs.readFileSync(`${process.argv[1]}/pair-${n}.jsonl`,"utf8").trim().split("\n").map(l=>JSON.parse(l).cpu.launchesPerToolCpuSecond);
    const now=rows("gateway"),ratios=rows("before").map((before,i)=>before/now[i]).sort((a,b)=>a-b),at=q=>ratios[Math.floor((ratios.length-1)*q)].toFixed(3);
    console.log(`CPU of a launch now / before, ${ratios.length} pairs of rounds: median ${at(0.5)}, quartiles ${at(0.25)} and ${at(0.75)}`)' "$RESULTS"
fi

if [ "$MEMORY" -gt 0 ]; then
  echo; echo "memory of the gateway (RSS, MiB): $(memory)"
  launches() { "$PGBIN/psql" -At -d gateway -c 'select count(*) from gateway.launch'; }
  begun=$(launches)
  for part in 1 2 3 4; do
    while [ $(($(launches) - begun)) -lt $((MEMORY * part / 4)) ]; do load gateway --concurrency "$CONCURRENCY" --seconds 5 --warmup 0 --json >/dev/null; done
    echo "after $(($(launches) - begun)) more launches: $(memory)"
  done
fi

if [ "$GROWTH" = 1 ]; then
  for _ in $(seq "$ROUNDS"); do closed gateway small; done
  "$PGBIN/psql" -q -d gateway <<'SQL'
insert into gateway.registration (district_id, kind, issuer, client_id, authorization_endpoint, token_endpoint, jwks_uri, namespace, learns_deployments, created_at)
  select 1, 'other', 'https://lms-' || n || '.example.org', 'client-' || n, 'https://lms.example.org/auth', 'https://lms.example.org/token', 'https://lms.example.org/jwks', 'https://lms.example.org', true, now()
  from generate_series(1, 9999) n;
with made as (
  insert into gateway.learner (district_id, role, first_seen, last_seen, last_launch)
    select 1, 'student', current_date, current_date, current_date from generate_series(1, 999000) returning id)
insert into gateway.learner_identity (district_id, kind, hash, key_version, learner_id) select 1, 1, gen_random_uuid(), 1, id from made;
vacuum analyze;
checkpoint;
SQL
  for _ in $(seq "$ROUNDS"); do closed gateway large; done
  for file in small large; do echo; echo "$file tables"; node table.mjs "$RESULTS/$file.jsonl"; done
fi
