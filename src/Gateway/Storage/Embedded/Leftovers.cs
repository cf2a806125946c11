using System.Globalization;

namespace Gateway.Storage.Embedded;

/// <summary>Removes what a crash left behind. Only to be called under the start lock and when no server runs on the cluster.</summary>
internal static class Leftovers
{
    private const string OwnPrivateDirectoryScript = """
        mkdir -m 700 "$1" 2>/dev/null || { [ -d "$1" ] && [ ! -L "$1" ] && [ -O "$1" ] && chmod 700 "$1"; }
        """;

    public static async Task<EmbeddedPostgresFailure?> ClearAsync(
        ClusterHome home, ServerAccount account, EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        await EndOrphansAsync(home, account, options, cancellationToken);

        // PostgreSQL honours these files as long as any process has the number in them, be it a text editor.
        File.Delete(Postmaster.PidFile(home.Cluster));
        // /tmp is open to everybody: a directory that someone else put there could listen in our place.
        var directory = await account.RunScriptAsync(OwnPrivateDirectoryScript, [home.SocketDirectory], cancellationToken);
        if (directory.ExitCode != 0)
            return EmbeddedPostgresFailure.SocketDirectoryTaken(home.SocketDirectory);
        foreach (var file in Directory.EnumerateFiles(home.SocketDirectory, ".s.PGSQL.*", new EnumerationOptions { AttributesToSkip = 0 }))
            File.Delete(file);
        return null;
    }

    // Killing the postmaster leaves its children to notice by themselves; a new server cannot share the memory with them.
    private static async Task EndOrphansAsync(
        ClusterHome home, ServerAccount account, EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        var orphans = ServerProcesses.Of(home);
        if (orphans.Count == 0)
            return;

        options.Logger.EndingOrphans(orphans.Count);
        // By the server's account, so that even as root we cannot hit anybody else's process.
        await account.RunAsync(["kill", "-9", .. orphans.Select(id => id.ToString(CultureInfo.InvariantCulture))], cancellationToken);
        while (ServerProcesses.Of(home).Count > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20), options.TimeProvider, cancellationToken);
    }
}
