using System.Security.Cryptography;
using Gateway.Jobs;
using Gateway.Stage;
using Gateway.Storage;
using Gateway.Storage.Migrations;
using Gateway.Storage.Sealing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Tests.Storage;

public sealed class DatabaseStartupTests
{
    [Fact]
    public async Task Many_gateways_that_start_at_once_on_an_empty_database_all_come_up()
    {
        await using var database = await TestDatabase.CreateAsync("startup");
        var keys = MasterKeys.Of(RandomNumberGenerator.GetBytes(32));

        var sources = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(() => DatabaseStartup.PrepareAsync(database.OwnerConnectionString, keys, TestContext.Current.CancellationToken, JobsSchema.EnsureAsync))));

        foreach (var source in sources)
        {
            await using var command = source.CreateCommand("select count(*) from gateway.district");
            Assert.Equal(0L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
            await source.DisposeAsync();
        }

        var migrations = typeof(SqlMigration).Assembly.GetTypes().Count(type => type.IsSubclassOf(typeof(SqlMigration)));
        Assert.Equal(migrations, await database.AskAsync<long>("select count(*) from gateway.migration"));
        Assert.Equal(1, await database.AskAsync<long>($"select count(*) from pg_roles where rolname = '{database.Name}_app'"));
    }

    [Fact]
    public async Task Second_start_changes_nothing_and_another_master_key_takes_the_role_over()
    {
        await using var database = await TestDatabase.CreateAsync("startup");
        var keys = MasterKeys.Of(RandomNumberGenerator.GetBytes(32));
        foreach (var current in new[] { keys, keys, MasterKeys.Of(RandomNumberGenerator.GetBytes(32), keys.Current.Key) })
        {
            await using var source = await DatabaseStartup.PrepareAsync(database.OwnerConnectionString, current, TestContext.Current.CancellationToken);
            await using var command = source.CreateCommand("select current_user::text");
            Assert.Equal($"{database.Name}_app", await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Server_that_is_not_there_is_a_failure_without_the_connection_string()
    {
        using var key = new KeyFile();
        var opened = await OpenAsync("Host=127.0.0.1;Port=1;Username=somebody;Password=a-secret-password;Database=nowhere;Timeout=2", key.Path);

        var failure = Assert.Single(opened.Failures);
        Assert.Equal("storage.database", failure.Code);
        Assert.DoesNotContain("a-secret-password", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "is required")]
    [InlineData("/nowhere/master.key", "does not exist")]
    public async Task Lost_master_key_is_a_clear_failure(string? file, string says)
    {
        var failure = Assert.Single((await OpenAsync(TestCluster.OwnerConnectionString, file)).Failures);

        Assert.Equal("storage.master_key", failure.Code);
        Assert.Contains("Gateway__MasterKeyFile", failure.Message, StringComparison.Ordinal);
        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "P-5.3")]
    public async Task Master_key_of_another_gateway_is_a_clear_failure_and_changes_nothing()
    {
        await using var stage = await TestStage.StartAsync();
        using var engine = new TestEngine(stage);
        using var another = new KeyFile();

        var failure = Assert.Single((await OpenAsync(stage.Database.OwnerConnectionString, another.Path)).Failures);

        Assert.Equal("storage.master_key", failure.Code);
        Assert.Contains("another master key", failure.Message, StringComparison.Ordinal);
        // The gateway with the right key goes on, its database role as before.
        Npgsql.NpgsqlConnection.ClearAllPools();
        Assert.Equal("student", (await stage.LaunchAsync("student-1", engine)).GetProperty("role").GetString());
    }

    [Fact]
    public async Task Damaged_master_key_file_is_named_and_not_quoted()
    {
        using var key = new KeyFile("c2VjcmV0\n");
        var failure = Assert.Single((await OpenAsync(TestCluster.OwnerConnectionString, key.Path)).Failures);

        Assert.Equal("storage.master_key", failure.Code);
        Assert.Contains(key.Path, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", failure.Message, StringComparison.Ordinal);
    }

    private static Task<Outcome<OpenedStorage>> OpenAsync(string connectionString, string? keyFile) => OpenedStorage.OpenAsync(
        new StorageOptions(connectionString, keyFile, Path.GetTempPath(), null, KeyFileAccess.OwnerOnly), TimeProvider.System, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);

    private sealed class KeyFile : IDisposable
    {
        public KeyFile(string? content = null) => File.WriteAllText(Path, content ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
