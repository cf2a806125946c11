using System.Security.Cryptography;
using Gateway.Privacy;
using Gateway.Rostering;
using Gateway.Stage;
using Gateway.Storage;
using Gateway.Storage.Model;
using Gateway.Storage.Sealing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Gateway.Tests.Rostering;

/// <summary>A migrated database of its own, seen as the gateway sees it and, to look behind the scenes, as its owner.</summary>
public sealed class RosterDatabase : IAsyncLifetime
{
    private readonly TemporaryFolder shares = new();
    private TestDatabase database = null!;
    private int districts;

    internal string OwnerConnectionString => database.OwnerConnectionString;

    internal string ApplicationRole => $"{database.Name}_app";

    internal GatewayDatabase Gateway { get; private set; } = null!;

    internal NpgsqlDataSource Owner { get; private set; } = null!;

    internal Sealer Sealer { get; } = new(MasterKeys.Of(RandomNumberGenerator.GetBytes(32)));

    internal FakeClock Clock { get; } = new(new DateTimeOffset(2026, 10, 5, 12, 0, 0, TimeSpan.Zero));

    internal KeyShares Shares => new(shares.Path);

    internal DistrictKeys Keys { get; private set; } = null!;

    internal AuditTrail Trail { get; private set; } = null!;

    internal RosterPipeline Pipeline { get; private set; } = null!;

    internal RosterSettingsStore Settings { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateMigratedAsync("roster");
        Owner = NpgsqlDataSource.Create(OwnerConnectionString);
        var masterKeys = MasterKeys.Of(RandomNumberGenerator.GetBytes(32));
        Gateway = new GatewayDatabase(await DatabaseStartup.PrepareAsync(OwnerConnectionString, masterKeys, CancellationToken.None));
        Trail = TestTrail.Of(Gateway, Sealer, Clock);
        Keys = new DistrictKeys(Gateway, Sealer, Shares, Trail, Clock);
        Settings = new RosterSettingsStore(Gateway, Keys, Trail);
        Pipeline = new RosterPipeline(Gateway, Keys, Settings, Trail, Clock, NullLogger<RosterPipeline>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DataSource.DisposeAsync();
        await Owner.DisposeAsync();
        await database.DisposeAsync();
        shares.Dispose();
    }

    internal async Task<int> AddDistrictAsync(string timeZone = "America/New_York")
    {
        var slug = $"made-up-{Interlocked.Increment(ref districts)}";
        int district;
        await using (var context = Gateway.Open())
        {
            var row = new District { Slug = slug, Name = "Made-Up District", TimeZone = timeZone, CreatedAt = Clock.GetUtcNow() };
            context.Districts.Add(row);
            await context.SaveChangesAsync();
            district = row.Id;
        }

        await Gateway.InDistrictAsync(district, async session =>
        {
            Keys.Create(session);
            await session.Model.SaveChangesAsync();
        }, CancellationToken.None);
        return district;
    }

    /// <summary>The retention clock as a gateway with this time would run it.</summary>
    internal RetentionClock RetentionAt(TimeProvider time)
    {
        var trail = TestTrail.Of(Gateway, Sealer, time);
        return new(Gateway, new DistrictKeys(Gateway, Sealer, Shares, trail, time), trail, new PurgeExpired(Gateway, time), time, NullLogger<RetentionClock>.Instance);
    }

    /// <summary>Imports as somebody who has looked at what it would do: in a roster this small one row is a large share.</summary>
    internal async Task<RosterRunOutcome> ImportAsync(int district, MadeUpRoster roster, bool dryRun = false, bool approved = true)
    {
        using var folder = new TemporaryFolder();
        roster.WriteTo(folder.Path);
        return await ImportAsync(district, folder.Path, dryRun, approved);
    }

    internal Task<RosterRunOutcome> ImportAsync(int district, string path, bool dryRun = false, bool approved = true) =>
        new RosterImport(Pipeline).RunAsync(district, path, dryRun, approved, TestContext.Current.CancellationToken);

    internal Task<RosterRunOutcome> ApproveAsync(int district, long? run = null) =>
        new RosterApproval(Gateway, Pipeline).RunAsync(district, run, TestContext.Current.CancellationToken);

    internal async Task SetAsync(int district, RosterSettingsCommand command) =>
        Assert.Empty((await Settings.ChangeAsync(district, command, TestContext.Current.CancellationToken)).Failures);

    /// <summary>From now on the district gives exactly these fields to its engine. Nothing is erased: that is the business of whoever changes a mapping.</summary>
    internal async Task ShareAsync(int district, params SharedField[] fields)
    {
        await using var connection = await Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await ShareAsync(connection, district, fields);
    }

    /// <summary>The same on a connection of the owner, perhaps in a transaction.</summary>
    internal async Task ShareAsync(NpgsqlConnection connection, int district, params SharedField[] fields)
    {
        await using var command = new NpgsqlCommand("""
            insert into gateway.engine_client (id, initiate_login_uri, redirect_uris, secret_hash, sealed_id_key, created_at)
            values ('engine', 'https://e.example', '{}', '\x00', '\x00', @now) on conflict do nothing;
            insert into gateway.engine_mapping
            select @d, 'engine', coalesce(max(version), 0) + 1, true, @fields, '{}', '{}', '1', 'A Test', @now from gateway.engine_mapping where district_id = @d
            """, connection);
        command.Parameters.AddWithValue("d", district);
        command.Parameters.AddWithValue("fields", fields.Select(SharedFields.WordOf).ToArray());
        command.Parameters.AddWithValue("now", Clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    internal async Task<RosterRunReport> LatestRunAsync(int district) =>
        (await new RosterRuns(Gateway).ListAsync(district, 1, null, TestContext.Current.CancellationToken))[0];

    /// <summary>Asks as the owner, whom row-level security does not bind; <c>@d</c> is the district.</summary>
    internal async Task<T> AskAsync<T>(string sql, int district = 0)
    {
        await using var command = Owner.CreateCommand(sql);
        command.Parameters.AddWithValue("d", district);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Runs a statement as the owner.</summary>
    internal Task ExecuteAsync(string sql) => database.ExecuteAsync(sql);

    /// <summary>Everything that a district's rows say, as one text: two equal texts, nothing changed.</summary>
    internal async Task<string> PictureAsync(int district)
    {
        var picture = new List<string>();
        foreach (var table in new[] { "school", "term", "class", "learner", "learner_identity", "enrollment", "feed_position", "change" })
            picture.Add(await AskAsync<string>(
                $"select coalesce(string_agg(concat_ws(' ', t.xmin::text, t::text), E'\\n' order by t::text), '') from gateway.{table} t where district_id = @d", district));
        return string.Join("\n--\n", picture);
    }
}
