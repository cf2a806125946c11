using System.Globalization;

namespace Gateway.Storage.Embedded;

/// <summary>Finds the server processes of a cluster among all processes, on systems that have <c>/proc</c>.</summary>
internal static class ServerProcesses
{
    public static IReadOnlyList<int> Of(ClusterHome home)
    {
        if (!Directory.Exists("/proc/self"))
            return [];

        var title = "postgres: " + home.Name + ": ";
        return
        [
            .. Directory.EnumerateDirectories("/proc")
                .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(id => id > 0 && Arguments(id) is { Length: > 0 } arguments
                    && (arguments[0].StartsWith(title, StringComparison.Ordinal) || IsPostmaster(arguments, home.Cluster))),
        ];
    }

    public static bool IsPostmaster(string[] arguments, string cluster) =>
        arguments.Length > 2
        && Path.GetFileName(arguments[0]) is "postgres" or "postmaster"
        && Array.IndexOf(arguments, cluster) is > 0 and var at
        && arguments[at - 1] == "-D";

    /// <summary>Null when the process is gone; empty when it is dead but not yet collected by its parent.</summary>
    public static string[]? Arguments(int process)
    {
        try
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/cmdline");
            return File.ReadAllText(path).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
