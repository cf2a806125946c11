using Gateway.Rostering;
using OneRoster.Csv;

namespace Gateway.Tests.Rostering;

[Trait("Requirement", "R-3.2")]
public sealed class SameRosterTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private static readonly string[] Compared = ["read", "recognise", "complete", "check", "scope", "compare", "judge", "switch"];

    // A person without a class, a role of nobody, and an enrollment in no class.
    private static MadeUpRoster Broken => new MadeUpRoster().Role("nobody", "student", "north").Enroll("student-1", "no-class");

    [Fact]
    public async Task A_roster_that_has_not_changed_is_read_and_recognised_with_the_report_of_its_comparison()
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { Schools = ["north"] });
        var first = await database.ImportAsync(district, Broken);
        var before = await database.PictureAsync(district);

        var (second, third) = (await database.ImportAsync(district, Broken), await database.ImportAsync(district, Broken));

        Assert.Null(first.SameAs);
        Assert.Equal((first.RunId, first.RunId), (second.SameAs, third.SameAs));
        Assert.Equal((RosterRunState.Applied, RosterRunState.Applied), (second.State, third.State));
        Assert.Empty(third.Changes);
        Assert.NotEmpty(first.Findings);
        Assert.Equal(Text(first.Findings), Text(third.Findings));
        Assert.Equal(first.LeftOut, third.LeftOut);
        Assert.Equal(first.Rows, third.Rows);
        Assert.Equal(
            first.Comparison!.Types.Select(type => (type.Entity, type.After, type.After)), third.Comparison!.Types.Select(type => (type.Entity, type.Before, type.After)));
        Assert.Equal(before, await database.PictureAsync(district));
        Assert.Equal(["read", "recognise"], await PhasesAsync(district));
        Assert.Equal(first.RunId, (await database.LatestRunAsync(district)).Run.SameAs);
    }

    [Theory]
    [InlineData("one row more")]
    [InlineData("one value changed")]
    [InlineData("another order")]
    [InlineData("other settings")]
    [InlineData("a launch of somebody new")]
    [InlineData("a run that waits")]
    [InlineData("additions only")]
    [InlineData("another digest, as of another gateway")]
    [InlineData("a week")]
    public async Task Anything_that_could_matter_has_the_roster_compared(string what)
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        var roster = new MadeUpRoster();
        switch (what)
        {
            case "one row more":
                roster.Person("student-7", "student", "north");
                break;
            case "one value changed":
                roster.Replace("academicSessions", "2027-01-16", "2027-01-17");
                break;
            case "another order":
                roster.Turn();
                break;
            case "other settings":
                await database.SetAsync(district, new RosterSettingsCommand { ClassTypes = ["scheduled"] });
                break;
            case "a launch of somebody new":
                await Launches.RecordAsync(database, district, "lms-user-1", "somebody");
                break;
            case "a run that waits":
                await database.ImportAsync(district, new MadeUpRoster().Remove("enrollments", line => line.StartsWith("student-1", StringComparison.Ordinal)), approved: false);
                break;
            case "additions only":
                await RunAsync(district, new MadeUpRoster(), additionsOnly: true);
                break;
            case "another digest, as of another gateway":
                await database.ExecuteAsync($"update gateway.roster_run set digest = sha256(digest) where district_id = {district}");
                break;
            default:
                database.Clock.Advance(TimeSpan.FromDays(7));
                break;
        }

        var outcome = await database.ImportAsync(district, roster);

        Assert.Null(outcome.SameAs);
        Assert.Equal(RosterRunState.Applied, outcome.State);
        Assert.Equal(Compared, await PhasesAsync(district));
    }

    [Fact]
    public async Task A_recognised_roster_says_where_tonight_the_first_broken_row_stands()
    {
        var district = await database.AddDistrictAsync();
        MadeUpRoster Roster(string before) => new MadeUpRoster().Record("academicSessions", before, "", "", "term", "no date", "no date", "", "2027");
        var first = await database.ImportAsync(district, Roster("x"));

        var second = await database.ImportAsync(district, Roster("y"));

        Assert.Equal(first.RunId, second.SameAs);
        Assert.Contains(first.Findings, finding => finding.FirstLine is not null);
        Assert.Equal(first.Findings, second.Findings);
    }

    [Fact]
    public async Task More_rows_that_reading_drops_are_counted_although_what_is_left_is_the_same()
    {
        var district = await database.AddDistrictAsync();
        MadeUpRoster Roster(int broken) => Enumerable.Range(0, broken).Aggregate(
            new MadeUpRoster(), (roster, i) => roster.Record("academicSessions", $"x{i}", "", "", "term", "no date", "no date", "", "2027"));
        await database.ImportAsync(district, Roster(1));

        var outcome = await database.ImportAsync(district, Roster(3));

        Assert.Null(outcome.SameAs);
        Assert.Contains(outcome.Findings, finding => finding is { Severity: "error", Collection: "academicSessions", Count: 3 });
    }

    [Fact]
    public async Task Runs_that_failed_and_dry_runs_between_do_not_matter_and_a_dry_run_compares()
    {
        var district = await database.AddDistrictAsync();
        var first = await database.ImportAsync(district, new MadeUpRoster());
        await database.ImportAsync(district, new MadeUpRoster().BreakOff("users"));

        Assert.Null((await database.ImportAsync(district, new MadeUpRoster(), dryRun: true)).SameAs);
        Assert.Equal(first.RunId, (await database.ImportAsync(district, new MadeUpRoster())).SameAs);
    }

    [Theory]
    [InlineData("role")]
    [InlineData("term")]
    public async Task Where_the_day_decides_the_roster_is_compared_each_day(string why)
    {
        var district = await database.AddDistrictAsync();
        if (why == "term")
            await database.SetAsync(district, new RosterSettingsCommand { CurrentTerms = "14" });
        MadeUpRoster Roster() => why == "role" ? new MadeUpRoster().Role("student-1", "teacher", "south", begin: "2026-08-01", end: "2027-03-01") : new MadeUpRoster();
        var first = await database.ImportAsync(district, Roster());

        var sameDay = await database.ImportAsync(district, Roster());
        database.Clock.Advance(TimeSpan.FromDays(1));
        var nextDay = await database.ImportAsync(district, Roster());

        Assert.Equal((first.RunId, null), (sameDay.SameAs, nextDay.SameAs));
    }

    [Fact]
    public async Task A_launch_between_the_comparison_and_the_next_run_has_the_next_run_compare()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        // As if the launch had come while the run was on its way: it knows the feed of before.
        await database.ExecuteAsync($"update gateway.roster_run set position = position - 1 where district_id = {district}");

        Assert.Null((await database.ImportAsync(district, new MadeUpRoster())).SameAs);
        Assert.NotNull((await database.ImportAsync(district, new MadeUpRoster())).SameAs);
    }

    private async Task RunAsync(int district, MadeUpRoster roster, bool additionsOnly)
    {
        using var folder = new TemporaryFolder();
        roster.WriteTo(folder.Path);
        await using var source = CsvRosterSource.Open(folder.Path, new CsvLimits()).Source!;
        await database.Pipeline.RunAsync(
            new RosterRunRequest(district, RosterTrigger.Command, DryRun: false) { AdditionsOnly = additionsOnly }, source, TestContext.Current.CancellationToken);
    }

    private async Task<IEnumerable<string>> PhasesAsync(int district) =>
        System.Text.Json.JsonSerializer.Deserialize<List<RosterPhaseTime>>((await database.LatestRunAsync(district)).Run.Phases, System.Text.Json.JsonSerializerOptions.Web)!
            .Select(phase => phase.Name);

    private static IEnumerable<string> Text(IEnumerable<RosterFindingCount> findings) =>
        findings.Select(finding => $"{finding.Severity} {finding.Rule} {finding.Collection} {finding.Field} {finding.Count}").Order(StringComparer.Ordinal);
}
