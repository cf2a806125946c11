using System.Text;
using Gateway.Rostering;
using OneRoster.Model;
using OneRoster.Rest;

namespace Gateway.Tests.Rostering;

public sealed class RosterConnectionsTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private const string Secret = "made-up secret of the roster client";
    private readonly NoSchedules schedules = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_wrong_field_is_named_at_once_and_nothing_is_stored()
    {
        var district = await database.AddDistrictAsync();

        var outcome = await Connections().ConnectAsync(
            new RosterConnectCommand(district) { Version = "2.0", BaseUrl = "http://sis.example/", TokenUrl = "sis", Schedule = "never" }, Cancellation);

        Assert.Equal(
            [
                "version roster.version_invalid", "baseUrl roster.url_not_https", "tokenUrl roster.url_invalid", "clientId roster.client_id_missing",
                "secret roster.secret_missing", "schedule roster.schedule_invalid",
            ],
            outcome.Problems.Select(problem => $"{problem.Field} {problem.Code}"));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.roster_source where district_id = @d", district));
        Assert.Empty(schedules.Synced);
    }

    [Fact]
    [Trait("Requirement", "P-5.3")]
    public async Task The_client_secret_rests_sealed_to_its_district()
    {
        var district = await database.AddDistrictAsync();

        var outcome = await Connections().ConnectAsync(Rest(district), Cancellation);

        Assert.Equal(NightlySchedule.For(district), outcome.Schedule);
        Assert.Equal([district], schedules.Synced);
        var stored = await database.AskAsync<byte[]>("select sealed_secret from gateway.roster_source where district_id = @d", district);
        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(stored), StringComparison.Ordinal);
        Assert.False(database.Sealer.TryOpen("roster secret", stored, out _, context: "0"));
        await using var source = (await Connections().OpenAsync(district, Cancellation)).Source!;
        Assert.IsType<RestRosterSource>(source);
        Assert.Equal(OneRosterVersion.V1P1, source.Version);
    }

    [Fact]
    [Trait("Requirement", "R-1.8")]
    public async Task The_newest_archive_in_the_folder_is_taken()
    {
        var district = await database.AddDistrictAsync();
        using var drop = new TemporaryFolder();
        Zip(new MadeUpRoster().Person("student-7", "student", "north").Enroll("student-7", "class-1"), drop, "old.zip", new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Zip(new MadeUpRoster(), drop, "new.ZIP", new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc));
        await Connections().ConnectAsync(new RosterConnectCommand(district) { CsvFolder = drop.Path }, Cancellation);

        var outcome = await new RosterSync(Connections(), database.Pipeline, new RosterPulls(database.Gateway), database.Clock).RunAsync(district, RosterTrigger.Schedule, dryRun: false, Cancellation);

        Assert.Contains(new RosterChangeCount("learner", "added", 8), outcome.Changes);
    }

    [Fact]
    public async Task A_district_without_source_and_an_empty_folder_are_failed_runs_with_codes()
    {
        var district = await database.AddDistrictAsync();
        var sync = new RosterSync(Connections(), database.Pipeline, new RosterPulls(database.Gateway), database.Clock);
        Assert.Equal(RosterCodes.NotConnected, (await sync.RunAsync(district, RosterTrigger.Command, dryRun: false, Cancellation)).Code);
        using var drop = new TemporaryFolder();
        await Connections().ConnectAsync(new RosterConnectCommand(district) { CsvFolder = drop.Path }, Cancellation);

        Assert.Equal(RosterCodes.FolderEmpty, (await sync.RunAsync(district, RosterTrigger.Command, dryRun: false, Cancellation)).Code);

        Assert.Equal(2, await database.AskAsync<long>("select count(*) from gateway.roster_run where district_id = @d and state = 'failed'", district));
    }

    [Fact]
    [Trait("Requirement", "R-4.1")]
    public void Nightly_schedules_are_spread_over_the_night()
    {
        var times = Enumerable.Range(1, 1200).Select(NightlySchedule.For).CountBy(time => time).ToList();

        Assert.Equal(120, times.Count);
        Assert.All(times, time => Assert.InRange(time.Value, 3, 30));
        Assert.All(times, time => Assert.Matches("^0 [0-5]?[0-9] [34] \\* \\* \\?$", time.Key));
    }

    private static RosterConnectCommand Rest(int district) => new(district)
    {
        Version = "1.1",
        BaseUrl = "https://sis.example/ims/oneroster/v1p1",
        TokenUrl = "https://sis.example/token",
        ClientId = "made-up-client",
        Secret = Encoding.UTF8.GetBytes(Secret),
    };

    private static void Zip(MadeUpRoster roster, TemporaryFolder drop, string name, DateTime written)
    {
        using var folder = new TemporaryFolder();
        roster.WriteTo(folder.Path);
        var archive = Path.Combine(drop.Path, name);
        System.IO.Compression.ZipFile.CreateFromDirectory(folder.Path, archive);
        File.SetLastWriteTimeUtc(archive, written);
    }

    private RosterConnections Connections() => TestConnections.Of(database, schedules);
}
