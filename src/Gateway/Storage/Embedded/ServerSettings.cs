namespace Gateway.Storage.Embedded;

/// <summary>Settings given on every start, so that a newer gateway's reach an older cluster too.</summary>
internal static class ServerSettings
{
    /// <summary>Any number will do: it only names the socket, and the socket's directory is the cluster's own.</summary>
    public const int Port = 5432;

    /// <summary>The options of the <c>postgres</c> program, for a shell. No value may contain a blank or a quote.</summary>
    public static string ForShell(ClusterHome home, bool durable) =>
        string.Join(' ', All(home, durable).Select(setting => $"-c {setting.Name}={setting.Value}"));

    private static IEnumerable<(string Name, string Value)> All(ClusterHome home, bool durable)
    {
        yield return ("listen_addresses", "");
        yield return ("unix_socket_directories", home.SocketDirectory);
        yield return ("unix_socket_permissions", "0700");
        yield return ("port", Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        // Stands in the title of every server process: how they are found when the first of them has been killed.
        yield return ("cluster_name", home.Name);

        // A machine with 2 GB and two cores, shared with the gateway.
        yield return ("shared_buffers", "128MB");
        yield return ("max_connections", "200");
        yield return ("max_wal_size", "1GB");
        yield return ("wal_compression", durable ? "on" : "off");
        yield return ("jit", "off");
        yield return ("timezone", "UTC");
        yield return ("log_timezone", "UTC");

        // Statements, details and messages of errors quote values: none of them may reach the log.
        yield return ("log_min_messages", "log");
        yield return ("log_min_error_statement", "panic");
        yield return ("log_error_verbosity", "terse");

        if (durable)
            yield break;
        yield return ("fsync", "off");
        yield return ("synchronous_commit", "off");
        yield return ("full_page_writes", "off");
    }
}
