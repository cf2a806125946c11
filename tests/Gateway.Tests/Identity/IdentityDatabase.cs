using System.Globalization;
using System.Security.Cryptography;
using Gateway.Privacy;
using Gateway.Stage;
using Gateway.Storage;
using Gateway.Storage.Sealing;
using Npgsql;

namespace Gateway.Tests.Identity;

/// <summary>A database of its own, migrated, as the gateway's unprivileged role sees it.</summary>
internal sealed class IdentityDatabase : IAsyncDisposable
{
    private readonly TestDatabase database;

    private IdentityDatabase(TestDatabase database, NpgsqlDataSource source, MasterKeys masterKeys)
    {
        this.database = database;
        Source = source;
        Database = new GatewayDatabase(source);
        MasterKeys = masterKeys;
    }

    public NpgsqlDataSource Source { get; }

    public GatewayDatabase Database { get; }

    public MasterKeys MasterKeys { get; }

    public AuditTrail TrailBy(TimeProvider time) => TestTrail.Of(Database, new Sealer(MasterKeys), time);

    public static async Task<IdentityDatabase> CreateAsync()
    {
        var database = await TestDatabase.CreateMigratedAsync("identity");
        var masterKeys = MasterKeys.Of(RandomNumberGenerator.GetBytes(32));
        return new(database, await DatabaseStartup.PrepareAsync(database.OwnerConnectionString, masterKeys, TestContext.Current.CancellationToken), masterKeys);
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
    public Task ClearAsync() => ExecuteAsOwnerAsync("truncate gateway.engine_client, gateway.signing_key, gateway.data_protection_key cascade");

    /// <summary>As the schema's owner, for what the gateway's own role may not.</summary>
    public Task ExecuteAsOwnerAsync(string sql) => database.ExecuteAsync(sql);

    public Task<T> AskAsOwnerAsync<T>(string sql) => database.AskAsync<T>(sql);

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await database.DisposeAsync();
    }
}
