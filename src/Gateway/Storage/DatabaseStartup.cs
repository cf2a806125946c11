using System.Text;
using Gateway.Storage.Migrations;
using Gateway.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Gateway.Storage;

/// <summary>A step of the preparation that runs as the owner, inside the migrations' lock, with the application role's name.</summary>
internal delegate Task OwnerStep(string ownerConnectionString, string applicationRole, CancellationToken cancellation);

/// <summary>
/// From the owner's connection string to a data source of the unprivileged role: migrate, make the role, grant. Safe when several
/// replicas start at once (an advisory lock lets one through at a time; the others find the work done).
/// </summary>
internal static class DatabaseStartup
{
    /// <summary>Held by a process that changes the schema; taken shared by those that wait for that.</summary>
    internal const long MigrationLock = 0x67_61_74_65_77_61_79; // "gateway"

    /// <summary>Prepares the database.</summary>
    /// <param name="ownerConnectionString">The owner's: it may create schemas and a role.</param>
    /// <param name="masterKeys">The application role's password is derived from them.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <param name="steps">What features with tables of their own do as the owner.</param>
    public static async Task<NpgsqlDataSource> PrepareAsync(
        string ownerConnectionString, MasterKeys masterKeys, CancellationToken cancellation, params IReadOnlyList<OwnerStep> steps)
    {
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ownerConnectionString) { Pooling = false });
        await using var connection = await owner.OpenConnectionAsync(cancellation);
        await ExecuteAsync(connection, $"select pg_advisory_lock({MigrationLock})", cancellation);
        try
        {
            await MigrateAsync(owner, cancellation);
            var role = new ApplicationRole(connection.Database, masterKeys);
            await role.EnsureAsync(connection, cancellation);
            await ExecuteAsync(connection, GrantsFor(role.Name, connection.Database), cancellation);
            foreach (var step in steps)
                await step(ownerConnectionString, role.Name, cancellation);
            return await role.OpenAsync(ownerConnectionString, connection, cancellation);
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({MigrationLock})", CancellationToken.None);
        }
    }

    private static async Task MigrateAsync(NpgsqlDataSource owner, CancellationToken cancellation)
    {
        await using var context = Context(owner);
        await context.Database.MigrateAsync(cancellation);
    }

    /// <summary>The migrations that this build knows.</summary>
    internal static IReadOnlyList<string> Known(NpgsqlDataSource source)
    {
        using var context = Context(source);
        return [.. context.Database.GetMigrations()];
    }

    private static GatewayDbContext Context(NpgsqlDataSource source) => new(
        new DbContextOptionsBuilder<GatewayDbContext>()
            .UseNpgsql(source, npgsql => npgsql.MigrationsHistoryTable("migration", GatewayDbContext.Schema))
            // Migrations are SQL by hand: there is no snapshot to compare with. A test compares the model with the migrated schema.
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options);

    private static string GrantsFor(string role, string database) => new StringBuilder(SqlMigration.Read("grants"))
        .Replace("%APP_ROLE%", ApplicationRole.Quote(role))
        .Replace("%DATABASE%", ApplicationRole.Quote(database))
        .ToString();

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
