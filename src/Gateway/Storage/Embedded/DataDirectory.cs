using System.Runtime.Versioning;

namespace Gateway.Storage.Embedded;

/// <summary>The checkout's data directory, which may hold other things of the gateway's too.</summary>
internal static class DataDirectory
{
    // The lock is made here, by us: whoever may not write it could not start anything.
    private const string Script = """
        umask 077
        cd "$1" && touch postgres.lock && pwd -P
        """;

    /// <summary>Makes the directory if need be; its physical path, by which all processes of the checkout know each other.</summary>
    [UnsupportedOSPlatform("windows")]
    public static async Task<Attempt<string>> EnsureAsync(string directory, ServerAccount account, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(directory);
        // Passable for the server's account, readable for us alone.
        var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (account.Name is not null)
            mode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        try
        {
            Directory.CreateDirectory(path, mode);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            return EmbeddedPostgresFailure.NotAccessible(path);
        }

        var physical = await ChildProcess.RunAsync([ChildProcess.Shell, "-c", Script, "gateway", path], cancellationToken);
        return physical.ExitCode == 0 ? physical.Output.TrimEnd('\n') : EmbeddedPostgresFailure.NotAccessible(path);
    }

    public static string StartLock(string directory) => Path.Combine(directory, "postgres.lock");
}
