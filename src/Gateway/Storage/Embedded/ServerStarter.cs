namespace Gateway.Storage.Embedded;

/// <summary>Starts the server, or finds it running. Only to be called under the start lock, with the users' lock held.</summary>
internal static class ServerStarter
{
    // The starting process itself counts as a user until the server is up: if we are killed meanwhile, the watchdog waits for it.
    private const string StartScript = ChildProcess.CloseInheritedDescriptors + "\n" + """
        exec flock -s -o "$1/users.lock" "$2/pg_ctl" start -D "$1/cluster" -l "$1/server.log" -o "$3" -w -t 300 -s
        """;

    private const int LinesOfLog = 20;

    public static async Task<Attempt<Postmaster>> StartAsync(
        ClusterHome home, PostgresBinaries binaries, ServerAccount account, EmbeddedPostgresOptions options, CancellationToken cancellationToken)
    {
        if (await Postmaster.FindAsync(home.Cluster, cancellationToken) is { } running)
        {
            await Watchdog.EnsureAsync(home, binaries, account, cancellationToken);
            return running;
        }

        if (await Leftovers.ClearAsync(home, account, options, cancellationToken) is { } failure)
            return failure;
        if (File.Exists(home.ServerLog))
            File.Move(home.ServerLog, home.ServerLog + ".1", overwrite: true);

        // First the watchdog, then the server: at no moment is there a server that nobody would stop.
        await Watchdog.EnsureAsync(home, binaries, account, cancellationToken);
        var started = await account.RunScriptAsync(
            StartScript, [home.Root, binaries.Directory, ServerSettings.ForShell(home, options.Durable)], cancellationToken);
        if (started.ExitCode == 0 && await Postmaster.FindAsync(home.Cluster, cancellationToken) is { } server)
        {
            options.Logger.ServerStarted(binaries.MajorVersion, home.Cluster, server.ProcessId);
            return server;
        }

        // The log holds this start alone, and by the settings nothing but the server's own lines.
        var log = File.Exists(home.ServerLog) ? await File.ReadAllLinesAsync(home.ServerLog, cancellationToken) : [started.Error.Trim()];
        return EmbeddedPostgresFailure.StartFailed(string.Join(Environment.NewLine, log.TakeLast(LinesOfLog)));
    }
}
