using System.Security.Cryptography;
using Gateway.Jobs;
using Gateway.Storage;
using Gateway.Storage.Sealing;
using Npgsql;

namespace Gateway.Stage;

/// <summary>An empty database of its own in the test cluster; gone with its role at the end.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Migrated = new(MigrateAsync);

    private readonly NpgsqlDataSource owner;

    private TestDatabase(string name)
    {
        Name = name;
        // Few: each database of a run has its own.
        owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(OwnerConnectionString) { ApplicationName = nameof(TestDatabase), MaxPoolSize = 4, ConnectionIdleLifetime = 10, ConnectionPruningInterval = 5 });
    }

    public string Name { get; }

    public string OwnerConnectionString => new NpgsqlConnectionStringBuilder(TestCluster.OwnerConnectionString) { Database = Name }.ConnectionString;

    public static async Task<TestDatabase> CreateAsync(string purpose)
    {
        var name = $"{purpose}_{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        await OnServerAsync($"create database {name}");
        return new TestDatabase(name);
    }

    /// <summary>The same with the gateway's tables: a copy of one that was migrated, as a gateway's start finds it from the second on.</summary>
    public static async Task<TestDatabase> CreateMigratedAsync(string purpose)
    {
        var name = $"{purpose}_{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        await OnServerAsync($"create database {name} template {await Migrated.Value}");
        return new TestDatabase(name);
    }

    /// <summary>Runs a statement as the owner, past row-level security.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Asks for one value as the owner, past row-level security.</summary>
    public async Task<T> AskAsync<T>(string sql)
    {
        await using var command = owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Cuts everybody off from the database, or lets them in again.</summary>
    public async Task AcceptConnectionsAsync(bool accept)
    {
        await OnServerAsync($"alter database {Name} allow_connections {accept}");
        if (accept)
            return;
        await ReleaseAsync();
        await OnServerAsync($"select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '{Name}'");
    }

    /// <summary>Ends the connections that this object keeps, for those who must be alone with the database.</summary>
    public async Task ReleaseAsync()
    {
        owner.Clear();
        await OnServerAsync($"select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '{Name}' and application_name = '{nameof(TestDatabase)}'");
    }

    public async ValueTask DisposeAsync()
    {
        await owner.DisposeAsync();
        await OnServerAsync($"drop database {Name} with (force)");
        await OnServerAsync($"drop role if exists {Name}_app");
    }

    // Once a run; nobody stays connected to it. The role of its own goes again: copies have theirs.
    private static async Task<string> MigrateAsync()
    {
        var template = await CreateAsync("template");
        await using (await DatabaseStartup.PrepareAsync(
            template.OwnerConnectionString, MasterKeys.Of(RandomNumberGenerator.GetBytes(32)), CancellationToken.None, JobsSchema.EnsureAsync))
        {
        }

        await template.ExecuteAsync($"drop owned by {template.Name}_app");
        await template.ExecuteAsync($"drop role {template.Name}_app");
        await template.ReleaseAsync();
        return template.Name;
    }

    private static async Task OnServerAsync(string sql)
    {
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(TestCluster.OwnerConnectionString) { Pooling = false });
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
