namespace Gateway.Storage.Embedded;

/// <summary>
/// A detached process that sleeps in flock(2) until the last user of the server is gone, however it went, and then stops the server.
/// </summary>
internal static class Watchdog
{
    // $1 home, $2 directory of pg_ctl, $3 socket directory. Descriptor 8 is let go before 9: whoever gets the users' lock
    // may trust that no dying watchdog still holds the watchdog's.
    private const string Script = """
        cd "$1" || exit 1
        exec 8<watchdog.lock 9<users.lock
        flock -n -x 8 || exit 0
        flock -x 9 || exit 1
        if [ -f cluster/postmaster.pid ]; then
          read -r pid <cluster/postmaster.pid
          if [ -d /proc/self ]; then arguments=$(tr '\0' ' ' <"/proc/$pid/cmdline"); else arguments=$(ps -ww -o command= -p "$pid"); fi
          case "$arguments" in
            *" -D $1/cluster "*)
              "$2/pg_ctl" stop -D "$1/cluster" -m fast -w -t 60 || "$2/pg_ctl" stop -D "$1/cluster" -m immediate -w -t 60 || exit 1 ;;
          esac
        fi
        rm -f "$3"/.s.PGSQL.*
        rmdir "$3"
        exec 8<&-
        """;

    private const string SpawnScript = ChildProcess.CloseInheritedDescriptors + "\n" + """
        script=$1; shift
        set -- "$BASH_OR_SH" -c "$script" gateway-watchdog "$@"
        if command -v setsid >/dev/null; then set -- setsid "$@"; else trap '' INT HUP QUIT; fi
        "$@" </dev/null >/dev/null 2>&1 &
        """;

    /// <summary>Makes sure that one is there: a second one sees the first and ends at once.</summary>
    public static Task EnsureAsync(ClusterHome home, PostgresBinaries binaries, ServerAccount account, CancellationToken cancellationToken) =>
        account.RunScriptAsync(
            SpawnScript.Replace("\"$BASH_OR_SH\"", ChildProcess.Shell, StringComparison.Ordinal),
            [Script, home.Root, binaries.Directory, home.SocketDirectory],
            cancellationToken);
}
