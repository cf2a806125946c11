using System.Data.Common;
using System.Net;
using Npgsql;

namespace Gateway.Storage;

/// <summary>P-5.3: what goes to a database on another machine is encrypted, unless the operator said otherwise in so many words.</summary>
internal static class DatabaseTls
{
    /// <summary>The connection string with <c>SSL Mode=Require</c>, where it names another machine and no mode of its own.</summary>
    public static string ByDefault(string connectionString)
    {
        // Npgsql's own builder does not tell what was given from what is so by itself.
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (given.Keys.Cast<string>().Any(key => key.Replace(" ", "", StringComparison.Ordinal).Equals("sslmode", StringComparison.OrdinalIgnoreCase)) || IsHere(settings.Host))
            return connectionString;
        settings.SslMode = SslMode.Require;
        return settings.ConnectionString;
    }

    // Several hosts are separated by commas, each with its port.
    private static bool IsHere(string? hosts) => (hosts ?? "localhost").Split(',').All(host =>
        host.StartsWith('/') || host.StartsWith('@') || host is "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)));
}
