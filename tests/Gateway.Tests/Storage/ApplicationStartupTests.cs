using System.Security.Cryptography;
using Gateway.Jobs;
using Gateway.Stage;
using Gateway.Storage;
using Gateway.Storage.Sealing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Gateway.Tests.Storage;

/// <summary>A gateway that has the unprivileged role's connection string, and no owner's.</summary>
[Trait("Requirement", "T-15")]
public sealed class ApplicationStartupTests : IAsyncLifetime
{
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly string keyFile = Path.GetTempFileName();
    private TestDatabase database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(keyFile, Convert.ToBase64String(key), Cancellation);
        database = await TestDatabase.CreateAsync("apart");
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        File.Delete(keyFile);
    }

    [Fact]
    public async Task Gateway_opens_the_database_as_the_role_alone_and_changes_nothing()
    {
        await MigrateAsync();
        var before = await PictureAsync();

        await using var storage = (await OpenAsync(Application())).Value;

        Assert.False(storage.IsOwners);
        foreach (var source in new[] { storage.DataSource, storage.PublicPages.Source })
        {
            await using var command = source.CreateCommand("select current_user::text");
            Assert.Equal($"{database.Name}_app", await command.ExecuteScalarAsync(Cancellation));
        }

        Assert.Equal(before, await PictureAsync());
    }

    [Fact]
    public async Task Password_of_the_operators_own_is_used()
    {
        await MigrateAsync();
        await database.ExecuteAsync($"alter role {database.Name}_app password 'made up for this test'");

        await using (var storage = (await OpenAsync($"{Application()};Password=made up for this test")).Value)
            Assert.False(storage.IsOwners);
    }

    [Fact]
    public async Task Role_that_owns_nothing_by_another_name_does_not_migrate_either()
    {
        await MigrateAsync();
        var other = $"{database.Name}_own";
        await database.ExecuteAsync($"create role {other} login inherit in role {database.Name}_app password 'made up for this test'");
        try
        {
            await using var storage = (await OpenAsync(new NpgsqlConnectionStringBuilder(database.OwnerConnectionString) { Username = other, Password = "made up for this test" }.ConnectionString)).Value;
            Assert.False(storage.IsOwners);
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await database.ExecuteAsync($"drop role {other}");
        }
    }

    [Theory]
    [InlineData("""delete from gateway.migration where "MigrationId" = (select max("MigrationId") from gateway.migration)""")]
    [InlineData("drop schema gateway cascade")]
    public async Task Schema_that_is_not_what_this_build_needs_is_a_clear_refusal(string sql)
    {
        await MigrateAsync();
        await database.ExecuteAsync(sql);
        var before = await PictureAsync();

        var failure = Assert.Single((await OpenAsync(Application())).Failures);

        Assert.Equal("storage.not_migrated", failure.Code);
        Assert.Contains("gateway migrate", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, await PictureAsync());
    }

    [Fact]
    public async Task Schema_of_a_later_version_is_served_while_a_rollout_goes_on()
    {
        await MigrateAsync();
        await database.ExecuteAsync("""insert into gateway.migration values ('9999_later', '10.0.0')""");
        await using var storage = (await OpenAsync(Application())).Value;
        Assert.False(storage.IsOwners);
    }

    [Fact]
    public async Task Migrate_says_that_it_needs_the_owners()
    {
        await MigrateAsync();
        var ended = await InProcessCommand.RunAsync(
            new Dictionary<string, string?> { ["ConnectionStrings__Gateway"] = Application(), ["Gateway__MasterKeyFile"] = keyFile }, "migrate", "--json");
        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("storage.not_owner", ended.Output + ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Master_key_of_another_gateway_is_refused_as_to_the_owner()
    {
        await MigrateAsync();
        await database.ExecuteAsync($"alter role {database.Name}_app password 'made up for this test'");
        await database.ExecuteAsync("insert into gateway.engine_client (id, initiate_login_uri, redirect_uris, secret_hash, sealed_id_key, created_at) values ('e', 'https://e.example', '{}', '', '\\x0101020304', now())");

        var failure = Assert.Single((await OpenAsync($"{Application()};Password=made up for this test")).Failures);

        Assert.Equal("storage.master_key", failure.Code);
    }

    [Fact]
    [Trait("Requirement", "T-14")]
    public async Task Owner_who_is_no_superuser_sets_what_an_owner_may_and_the_rest_is_told()
    {
        var owner = $"{database.Name}_owner";
        await database.ExecuteAsync($"create role {owner} login createrole password 'made up for this test'");
        await database.ExecuteAsync($"alter database {database.Name} owner to {owner}");
        try
        {
            var log = new LogCapture();
            using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
            await using (var storage = (await OpenedStorage.OpenAsync(
                new(new NpgsqlConnectionStringBuilder(database.OwnerConnectionString) { Username = owner, Password = "made up for this test" }.ConnectionString, keyFile, Path.GetTempPath(), null, KeyFileAccess.Warned),
                TimeProvider.System, loggers, Cancellation)).Value)
            {
                Assert.True(storage.IsOwners);
                Assert.Contains(log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("temp_file_limit", StringComparison.Ordinal));
                Assert.Equal(["temp_file_limit"], await RoleLimits.MissingAsync(storage.DataSource, Cancellation));
            }
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await database.ExecuteAsync($"drop owned by {database.Name}_app");
            await database.ExecuteAsync($"reassign owned by {owner} to current_user");
            await database.ExecuteAsync($"drop role {database.Name}_app");
            await database.ExecuteAsync($"drop owned by {owner}");
            await database.ExecuteAsync($"drop role {owner}");
        }
    }

    private async Task MigrateAsync()
    {
        await using var source = await DatabaseStartup.PrepareAsync(database.OwnerConnectionString, MasterKeys.Of(key), Cancellation, JobsSchema.EnsureAsync);
    }

    private string Application() =>
        new NpgsqlConnectionStringBuilder(database.OwnerConnectionString) { Username = $"{database.Name}_app", Password = null }.ConnectionString;

    private Task<Outcome<OpenedStorage>> OpenAsync(string connectionString) => OpenedStorage.OpenAsync(
        new StorageOptions(connectionString, keyFile, Path.GetTempPath(), null, KeyFileAccess.Warned), TimeProvider.System, NullLoggerFactory.Instance, Cancellation, JobsSchema.EnsureAsync);

    private Task<string> PictureAsync() => database.AskAsync<string>("""
        select coalesce(string_agg(c.relnamespace::regnamespace || '.' || c.relname || ' ' || c.xmin || ' ' || coalesce(c.relacl::text, ''), E'\n' order by c.oid), '')
        from pg_class c where c.relnamespace::regnamespace::text in ('gateway', 'jobs')
        """);
}
