# Sourced by run.sh and test.sh: finds the .NET SDK, installs what else is missing from the distribution's packages.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en MSBUILDDISABLENODEREUSE=1

sdk_missing="the .NET SDK $(sed -n 's/.*"version": "\([0-9.]*\)".*/\1/p' global.json) or a newer 10.0 is missing: https://dotnet.microsoft.com/download/dotnet/10.0"

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

# A server to fetch from in tests: OpenSSH's, started by the tests themselves on a port of their own.
have_openssh() {
  [ -x /usr/sbin/sshd ] || [ -x /usr/local/sbin/sshd ] || [ -x /opt/homebrew/sbin/sshd ] || return 1
  command -v sftp && command -v ssh-keygen
} >/dev/null

# The certified OpenID Connect library that a test signs in with runs on it.
have_node() {
  command -v node && command -v npm
} >/dev/null

# A proxy in front of the gateway in tests, started by the tests themselves on a port of their own.
have_nginx() {
  [ -x /usr/sbin/nginx ] || [ -x /usr/local/sbin/nginx ] || [ -x /opt/homebrew/bin/nginx ] || [ -x /usr/local/bin/nginx ]
}

have_chromium() {
  command -v chromium || command -v chromium-browser || command -v google-chrome
} >/dev/null

# A package that cannot be installed is said; what needs it then fails and says so too.
install_packages() {
  local root=() dropin=/etc/postgresql-common/createcluster.d/gateway.conf
  if ! command -v apt-get >/dev/null; then
    echo "Missing: $*. Install with this system's package manager (dnf install -y postgresql-server chromium openssh-server nginx; brew install postgresql@17 chromium nginx)." >&2
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
  # Debian's package would start a server of its own; the gateway starts private ones. Only for this installation: the file goes again.
  "${root[@]}" mkdir -p "${dropin%/*}"
  echo "create_main_cluster = false" | "${root[@]}" tee "$dropin" >/dev/null
  # Nor does the machine get an SSH server that it did not have: Debian's does not start while this file is there, and it stays.
  case " $* " in
    *" openssh-server "*)
      "${root[@]}" mkdir -p /etc/ssh
      "${root[@]}" touch /etc/ssh/sshd_not_to_be_run
      echo "The SSH server is for the tests alone; delete /etc/ssh/sshd_not_to_be_run to run it as a service."
      ;;
  esac
  # The same for nginx, which would take port 80: a service that is masked does not start, now or later.
  case " $* " in
    *" nginx-light "*)
      if [ ! -e /etc/systemd/system/nginx.service ]; then
        "${root[@]}" mkdir -p /etc/systemd/system
        "${root[@]}" ln -s /dev/null /etc/systemd/system/nginx.service
        echo "nginx is for the tests alone; delete /etc/systemd/system/nginx.service to run it as a service."
      fi
      ;;
  esac
  "${root[@]}" apt-get update -qq
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null ||
    echo "apt-get could not install: $*" >&2
  "${root[@]}" rm -f "$dropin"
}
