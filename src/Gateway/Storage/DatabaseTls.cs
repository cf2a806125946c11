using System.Data.Common;
using System.Net;
using Npgsql;

namespace Gateway.Storage;

/// <summary>
/// P-5.3: what goes to a database on another machine is encrypted, and the machine shows by its certificate that it is the one that was meant,
/// unless the operator said otherwise in so many words.
/// </summary>
internal static class DatabaseTls
{
    /// <summary>
    /// The connection string with <c>SSL Mode=VerifyFull</c>, where it names another machine and no mode of its own. The certificate is
    /// checked against the system's authorities, or those of the file that <c>Root Certificate</c> names.
    /// </summary>
    public static string ByDefault(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (NamesMode(connectionString) || IsHere(settings.Host))
            return connectionString;
        settings.SslMode = SslMode.VerifyFull;
        return settings.ConnectionString;
    }

    /// <summary>Whether somebody on the way to a database on another machine can read along or take its place: the operator asked for it.</summary>
    public static bool IsWeakened(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return !IsHere(settings.Host) && NamesMode(connectionString) && settings.SslMode != SslMode.VerifyFull;
    }

    // Npgsql's own builder does not tell what was given from what is so by itself.
    private static bool NamesMode(string connectionString) => new DbConnectionStringBuilder { ConnectionString = connectionString }.Keys.Cast<string>()
        .Any(key => key.Replace(" ", "", StringComparison.Ordinal).Equals("sslmode", StringComparison.OrdinalIgnoreCase));

    // Several hosts are separated by commas, each with its port.
    private static bool IsHere(string? hosts) => (hosts ?? "localhost").Split(',', StringSplitOptions.TrimEntries).All(host =>
        host.StartsWith('/') || host.StartsWith('@')
        || WithoutPort(host) is var name && (name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address))));

    // An IPv6 address has colons of its own; with a port it stands in brackets.
    private static string WithoutPort(string host) =>
        host.StartsWith('[') && host.IndexOf(']', StringComparison.Ordinal) is > 0 and var end ? host[1..end]
        : host.Count(letter => letter == ':') == 1 ? host[..host.IndexOf(':', StringComparison.Ordinal)]
        : host;
}
