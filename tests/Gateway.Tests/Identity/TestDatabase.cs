using System.Globalization;
using System.Security.Cryptography;
using Gateway.Storage;
using Gateway.Storage.Sealing;
using Npgsql;

namespace Gateway.Tests.Identity;

/// <summary>A database of its own, migrated, as the gateway's unprivileged role sees it; gone with its role at the end.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>The owner's connection to the cluster; its database is where databases are made from.</summary>
    public static string ConnectionString => Stage.TestCluster.OwnerConnectionString;

    private readonly string name;

    private TestDatabase(string name, NpgsqlDataSource source, MasterKeys masterKeys)
    {
        this.name = name;
        Source = source;
        Database = new GatewayDatabase(source);
        MasterKeys = masterKeys;
    }

    public NpgsqlDataSource Source { get; }

    public GatewayDatabase Database { get; }

    public MasterKeys MasterKeys { get; }

    public static async Task<TestDatabase> CreateAsync()
    {
        var name = $"identity_{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        await AsOwnerAsync($"create database {name}");
        var masterKeys = MasterKeys.Of(RandomNumberGenerator.GetBytes(32));
        var own = new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
        return new TestDatabase(name, await DatabaseStartup.PrepareAsync(own, masterKeys, TestContext.Current.CancellationToken), masterKeys);
    }

    public async Task<int> AddDistrictAsync(string slug)
    {
        await using var insert = Source.CreateCommand(
            "insert into gateway.district (slug, name, time_zone, created_at) values ($1, 'A district', 'UTC', now()) returning id");
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = slug });
        return Convert.ToInt32(await insert.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Takes away engines and keys, which the gateway's own role may not.</summary>
    public Task ClearAsync() => AsOwnerAsync("truncate gateway.engine_client, gateway.signing_key, gateway.data_protection_key cascade", name);

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await AsOwnerAsync($"drop database {name} with (force)");
        await AsOwnerAsync($"drop role {name}_app");
    }

    private static async Task AsOwnerAsync(string sql, string? database = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false };
        settings.Database = database ?? settings.Database;
        await using var owner = NpgsqlDataSource.Create(settings);
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
