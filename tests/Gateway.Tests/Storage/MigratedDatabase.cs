using System.Security.Cryptography;
using Gateway.Stage;
using Gateway.Storage;
using Gateway.Storage.Sealing;
using Npgsql;

namespace Gateway.Tests.Storage;

/// <summary>A migrated database, as its owner and as the gateway's own role.</summary>
public sealed class MigratedDatabase : IAsyncLifetime
{
    internal TestDatabase Database { get; private set; } = null!;

    internal NpgsqlDataSource Application { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync("storage");
        Application = await DatabaseStartup.PrepareAsync(
            Database.OwnerConnectionString, MasterKeys.Of(RandomNumberGenerator.GetBytes(32)), CancellationToken.None, Gateway.Jobs.JobsSchema.EnsureAsync);
    }

    public async ValueTask DisposeAsync()
    {
        if (Application is not null)
            await Application.DisposeAsync();
        if (Database is not null)
            await Database.DisposeAsync();
    }

    /// <summary>The tables of the gateway's schema that have a column of this name, or all.</summary>
    internal async Task<string[]> TablesAsync(string? withColumn = null) => await Database.AskAsync<string[]>($"""
        select array_agg(c.relname::text order by c.relname) from pg_class c
        where c.relnamespace = 'gateway'::regnamespace and c.relkind in ('r', 'p')
          and ('{withColumn}' = '' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = '{withColumn}'))
        """);

    /// <summary>Runs a statement as the gateway's role, in the sight of a district or of none, and rolls back.</summary>
    internal async Task<object?> AsApplicationAsync(int? district, string sql)
    {
        await using var connection = await Application.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (district is { } id)
        {
            await using var set = new NpgsqlCommand($"select set_config('gateway.district', '{id}', true)", connection);
            await set.ExecuteNonQueryAsync();
        }

        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>The SQLSTATE with which a statement of the gateway's role is refused; empty when it is not.</summary>
    internal async Task<string> RefusalAsync(int? district, string sql)
    {
        try
        {
            await AsApplicationAsync(district, sql);
            return "";
        }
        catch (PostgresException e)
        {
            return e.SqlState;
        }
    }
}
