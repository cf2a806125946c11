using System.Globalization;

namespace Gateway.Storage.Embedded;

/// <summary>The running first process of a cluster, as its <c>postmaster.pid</c> and the system tell.</summary>
/// <param name="ProcessId">Process number.</param>
/// <param name="SocketDirectory">Where it listens, which may be an earlier gateway's choice.</param>
/// <param name="Port">Number in the socket's name.</param>
internal sealed record Postmaster(int ProcessId, string SocketDirectory, int Port)
{
    /// <summary>Null when no server runs on the cluster, whatever a stale file says.</summary>
    public static async Task<Postmaster?> FindAsync(string cluster, CancellationToken cancellationToken)
    {
        string[] lines;
        try
        {
            lines = await File.ReadAllLinesAsync(PidFile(cluster), cancellationToken);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        // Lines: process, data directory, start time, port, socket directory, …
        return lines.Length >= 5
            && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            && int.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && await RunsAsync(process, cluster, cancellationToken)
            ? new Postmaster(process, lines[4], port)
            : null;
    }

    public static string PidFile(string cluster) => Path.Combine(cluster, "postmaster.pid");

    // The number may by now be another program's, or another cluster's when the data directory was copied.
    private static async Task<bool> RunsAsync(int process, string cluster, CancellationToken cancellationToken)
    {
        if (Directory.Exists("/proc/self"))
            return ServerProcesses.Arguments(process) is { } arguments && ServerProcesses.IsPostmaster(arguments, cluster);

        var id = process.ToString(CultureInfo.InvariantCulture);
        var listed = await ChildProcess.RunAsync(["ps", "-ww", "-o", "command=", "-p", id], cancellationToken);
        return listed.Output.Contains("-D " + cluster, StringComparison.Ordinal);
    }
}
