using System.Text.Json;
using Gateway.Privacy;
using Gateway.Rostering;
using Gateway.Stage;
using Gateway.Storage;
using Gateway.Storage.Sealing;
using Gateway.Tests.EndToEnd;
using Lti.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Tests.Privacy.Keys;

/// <summary>Versions of a district's key, and the end of it.</summary>
public sealed class DistrictKeyTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private static readonly TimeSpan Announced = TimeSpan.FromMinutes(11);

    private TestStage Stage => fixture.Stage;

    [Fact]
    [Trait("Requirement", "P-1.2")]
    public async Task New_version_changes_nobody_and_moves_everybody_who_comes()
    {
        await SyncAsync();
        var (one, two) = (await SubjectAsync("student-1"), await SubjectAsync("student-2"));
        var (learners, position) = (await CountAsync("learner"), await PositionAsync());
        var version = await VersionAsync();

        var begun = await Stage.Services.GetRequiredService<RotateDistrictKey>().RunAsync(Stage.District.Id, Cancellation);
        var again = await Stage.Services.GetRequiredService<RotateDistrictKey>().RunAsync(Stage.District.Id, Cancellation);

        Assert.Equal(version + 1, begun.Value.Version);
        Assert.Equal("keys.rotating", again.Failures[0].Code);
        // Another replica may not know of it yet.
        Assert.Equal(one, await SubjectAsync("student-1"));
        Assert.Equal(0, await PeopleAsync(version + 1));

        Stage.Clock.Advance(Announced);
        Assert.Equal(one, await SubjectAsync("student-1"));
        Assert.Equal(2, await PeopleAsync(version + 1));
        await SyncAsync();
        Assert.Equal(two, await SubjectAsync("student-2"));

        Assert.Equal(learners, await CountAsync("learner"));
        Assert.Equal(0, await PeopleAsync(version));
        Assert.Equal(0, await Stage.Database.AskAsync<long>($"""
            select (select count(*) from gateway.school where key_version = {version}) + (select count(*) from gateway.term where key_version = {version})
                 + (select count(*) from gateway.class where key_version = {version})
            """));
        // Nothing about it is a change of the roster.
        Assert.Equal(position, await PositionAsync());
    }

    [Fact]
    [Trait("Requirement", "P-1.2")]
    public async Task Score_ticket_of_before_is_good_under_the_new_version()
    {
        var ticket = await Stage.ScoreTicketAsync("student-3", fixture.Engine);
        await RotateAsync();

        var opened = await Stage.Services.GetRequiredService<ScoreTickets>().OpenAsync(ticket, TestStage.EngineId, Cancellation);

        Assert.NotNull(opened);
        Assert.Null(await Stage.Services.GetRequiredService<ScoreTickets>().OpenAsync(ticket, "another-engine", Cancellation));
    }

    [Fact]
    [Trait("Requirement", "P-1.2")]
    public async Task Version_that_nothing_hangs_on_any_more_is_destroyed_ninety_days_later_and_no_other()
    {
        await using var own = await TestStage.StartAsync();
        using var engine = new TestEngine(own);
        var (clock, keys) = (own.Services.GetRequiredService<RetentionClock>(), own.Services.GetRequiredService<RotateDistrictKey>());
        await own.LaunchAsync("student-1", engine);
        await own.LaunchAsync("student-2", engine);
        Assert.True((await keys.RunAsync(own.District.Id, Cancellation)).Succeeded);
        own.Clock.Advance(Announced);
        await own.LaunchAsync("student-1", engine);

        own.Clock.Advance(TimeSpan.FromDays(91));
        await clock.RunAsync(dryRun: false, Cancellation);
        Assert.Equal([2, 1], (await keys.ListAsync(own.District.Id, Cancellation)).Select(key => (int)key.Version));

        await own.LaunchAsync("student-2", engine);
        await clock.RunAsync(dryRun: false, Cancellation);
        Assert.Equal([2], (await keys.ListAsync(own.District.Id, Cancellation)).Select(key => (int)key.Version));
        Assert.Single(Directory.GetFiles(Path.Combine(own.DataDirectory, "key-shares"), "*.share"));
        Assert.True(await own.Database.AskAsync<bool>("select exists (select from gateway.audit_entry where action = 'key.destroyed')"));
    }

    [Fact]
    [Trait("Requirement", "P-5.3")]
    public async Task Every_key_is_listed_with_its_age_and_none_is_shown()
    {
        var listed = await InProcessCommand.RunAsync(Stage.EnvironmentSettings(), "keys", "list", "--json");
        Assert.True(listed.ExitCode == 0, listed.Output + listed.Error);
        var keys = JsonDocument.Parse(listed.Output).RootElement.EnumerateArray().ToList();

        Assert.Superset(
            new HashSet<string> { "signing key, lti, shared", "signing key, openid", "engine's id key", "engine's secret", "data protection key", "audit key", "district key", "roster source's secret" },
            keys.Select(key => key.GetProperty("kind").GetString()!).ToHashSet());
        Assert.All(keys, key => Assert.Subset(
            new HashSet<string> { "kind", "name", "district", "createdAt", "ageDays", "state" }, key.EnumerateObject().Select(member => member.Name).ToHashSet()));
    }

    [Fact]
    [Trait("Requirement", "P-2.8")]
    public async Task Older_dump_links_nobody_once_the_key_is_destroyed()
    {
        await using var own = await TestStage.StartAsync();
        using var engine = new TestEngine(own);
        await own.LaunchAsync("student-1", engine);
        await using var copy = await PgDump.CopyAsync(own.Database);
        await using var source = await DatabaseStartup.PrepareAsync(copy.OwnerConnectionString, MasterKeysOf(own), Cancellation);
        var shares = new KeyShares(Path.Combine(own.DataDirectory, "key-shares"));

        // Before: whoever has the dump, the master key and the shares can tell whether a person is in it.
        Assert.True(await LinksAsync(copy, source, own, shares));

        Assert.Equal(1, await own.Services.GetRequiredService<DistrictKeys>().DestroyAsync(own.District.Id, Cancellation));

        // After: nobody can, the gateway's own master key and files included.
        Assert.False(await LinksAsync(copy, source, own, shares));
        Assert.Equal(0, await own.Database.AskAsync<long>("select count(*) from gateway.district_key"));
        Assert.Empty(Directory.GetFiles(shares.Folder, "*.share"));
        // And a gateway that is started on the dump starts: what had to be destroyed is not missing.
        var started = await OpenAsync(copy, own);
        Assert.True(started.Succeeded);
        await started.Value.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "P-1.2")]
    public async Task Gateway_without_the_key_shares_does_not_start()
    {
        await using var own = await TestStage.StartAsync();
        foreach (var share in Directory.GetFiles(Path.Combine(own.DataDirectory, "key-shares")))
            File.Delete(share);

        var started = await OpenAsync(own.Database, own);

        Assert.Equal("storage.key_shares", started.Failures[0].Code);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task SyncAsync()
    {
        var run = await Stage.Services.GetRequiredService<RosterSync>().RunAsync(Stage.District.Id, RosterTrigger.Command, false, Cancellation);
        Assert.Equal((RosterRunState.Applied, null), (run.State, run.Code));
    }

    private async Task RotateAsync()
    {
        Assert.True((await Stage.Services.GetRequiredService<RotateDistrictKey>().RunAsync(Stage.District.Id, Cancellation)).Succeeded);
        Stage.Clock.Advance(Announced);
    }

    private async Task<string> SubjectAsync(string login) => (await Stage.LaunchAsync(login, fixture.Engine)).GetProperty("sub").GetString()!;

    private Task<long> CountAsync(string table) => Stage.Database.AskAsync<long>($"select count(*) from gateway.{table}");

    private Task<long> PositionAsync() => Stage.Database.AskAsync<long>("select last_sequence from gateway.feed_position");

    private Task<long> PeopleAsync(int version) => Stage.Database.AskAsync<long>($"select count(*) from gateway.learner_identity where key_version = {version}");

    private async Task<int> VersionAsync() => (await Stage.Services.GetRequiredService<DistrictKeys>().GetAsync(Stage.District.Id, Cancellation)).Version;

    // What a thief would do: make the pseudonym of somebody known, and look for it.
    private static async Task<bool> LinksAsync(TestDatabase copy, Npgsql.NpgsqlDataSource source, TestStage stage, KeyShares shares)
    {
        var (database, sealer) = (new GatewayDatabase(source), new Sealer(MasterKeysOf(stage)));
        var keys = new DistrictKeys(database, sealer, shares, TestTrail.Of(database, sealer, stage.Clock), stage.Clock);
        if (await keys.FindAsync(stage.District.Id, Cancellation) is not { } ring)
            return false;
        var known = ring.OfSubject(await copy.AskAsync<string>("select namespace from gateway.registration"), OpaqueIdentifier.FromUtf8(System.Text.Encoding.UTF8.GetBytes(stage.PersonOf("student-1").UserId)));
        return await copy.AskAsync<bool>($"select exists (select from gateway.learner_identity where hash = '{known.Value}')");
    }

    private static MasterKeys MasterKeysOf(TestStage stage) =>
        MasterKeys.Parse(File.ReadAllText(stage.Settings()["Gateway:MasterKeyFile"]!)).Keys!;

    private static Task<Outcome<OpenedStorage>> OpenAsync(TestDatabase database, TestStage stage) => OpenedStorage.OpenAsync(
        new StorageOptions(database.OwnerConnectionString, stage.Settings()["Gateway:MasterKeyFile"], stage.DataDirectory, null, KeyFileAccess.OwnerOnly), stage.Clock, NullLoggerFactory.Instance, Cancellation);
}
