using Npgsql;

namespace Gateway.Storage.Embedded;

/// <summary>The gateway's database on the private cluster: makes sure that it exists and answers.</summary>
internal static class OwnerDatabase
{
    public const string Name = "gateway";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(50);

    /// <summary>The owner's connection string; null when the server went away or is going, so that it has to be started again.</summary>
    public static async Task<Attempt<string>?> OpenAsync(
        ClusterHome home, Postmaster server, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!File.Exists(home.PasswordFile))
            return EmbeddedPostgresFailure.PasswordMissing;
        var owner = new NpgsqlConnectionStringBuilder
        {
            Host = server.SocketDirectory,
            Port = server.Port,
            Username = ClusterInitializer.Superuser,
            Password = await File.ReadAllTextAsync(home.PasswordFile, cancellationToken),
            Database = Name,
        }.ConnectionString;

        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                await EnsureExistsAsync(owner, cancellationToken);
                return owner;
            }
            catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.InvalidPassword)
            {
                return EmbeddedPostgresFailure.PasswordMissing;
            }
            catch (NpgsqlException error) when (error.IsTransient || error.SqlState is PostgresErrorCodes.AdminShutdown)
            {
                // Coming up after another's start, or going down by somebody's pg_ctl: only the process tells when that has ended.
                if (await Postmaster.FindAsync(home.Cluster, cancellationToken) != server)
                    return null;
                if (time.GetElapsedTime(begun) > Patience)
                    return EmbeddedPostgresFailure.StartFailed("the process runs, but it accepts no connection");
                await Task.Delay(RetryAfter, time, cancellationToken);
            }
        }
    }

    private static async Task EnsureExistsAsync(string owner, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenDatabaseAsync(owner, Name, cancellationToken);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.InvalidCatalogName)
        {
            await using var connection = await OpenDatabaseAsync(owner, "postgres", cancellationToken);
            await using var create = new NpgsqlCommand("create database " + Name, connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task<NpgsqlConnection> OpenDatabaseAsync(string owner, string database, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(owner) { Database = database, Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
