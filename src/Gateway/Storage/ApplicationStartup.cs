using Gateway.Storage.Sealing;
using Npgsql;

namespace Gateway.Storage;

/// <summary>
/// From the unprivileged role's own connection string to its data source: nothing is migrated or granted, because the role may not. The
/// schema has to be there already, at this build's version or a later one.
/// </summary>
internal static class ApplicationStartup
{
    private static readonly Failure NotMigrated = new(
        "storage.not_migrated",
        "The database's schema is older than this gateway needs, or is not there, and the role of ConnectionStrings__Gateway may not change it. "
        + "Run gateway migrate of this same version with the owner's connection string, then start again. Nothing was changed.");

    /// <summary>Whether a connection string's role may migrate: it owns the schema or, where there is none yet, may make one.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached, or refuses the role.</exception>
    public static async Task<bool> IsOwnersAsync(string connectionString, MasterKeys masterKeys, CancellationToken cancellation)
    {
        if (new NpgsqlConnectionStringBuilder(connectionString).Username == ApplicationRole.Of(connectionString, masterKeys).Name)
            return false;
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using var ask = source.CreateCommand("""
            select r.rolsuper or case when n.oid is null then has_database_privilege(current_database(), 'create') else pg_has_role(n.nspowner, 'usage') end
            from pg_roles r left join pg_namespace n on n.nspname = 'gateway' where r.rolname = current_user
            """);
        return (bool)(await ask.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Opens the data source; <c>storage.not_migrated</c> where the schema is not what this build needs.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached, or refuses the role.</exception>
    public static async Task<Outcome<NpgsqlDataSource>> OpenAsync(string connectionString, MasterKeys masterKeys, CancellationToken cancellation)
    {
        var source = NpgsqlDataSource.Create(ApplicationRole.Of(connectionString, masterKeys).OwnConnectionString(connectionString));
        if (await IsMigratedAsync(source, cancellation))
            return source;
        await source.DisposeAsync();
        return NotMigrated;
    }

    // Later migrations than this build knows are no reason: while a rollout goes on, the version before may start once more.
    private static async Task<bool> IsMigratedAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var connection = await source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        try
        {
            // A migration that is under way is waited for: its grants come after its last step.
            await using (var wait = new NpgsqlCommand($"select pg_advisory_xact_lock_shared({DatabaseStartup.MigrationLock})", connection, transaction))
                await wait.ExecuteNonQueryAsync(cancellation);
            await using var missing = new NpgsqlCommand("""
                select exists (select from unnest($1) known where not exists (select from gateway.migration m where m."MigrationId" = known))
                """, connection, transaction);
            missing.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. DatabaseStartup.Known(source)] });
            return !(bool)(await missing.ExecuteScalarAsync(cancellation))!;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.InsufficientPrivilege)
        {
            return false;
        }
    }
}
