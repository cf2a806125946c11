using Gateway.Rostering;
using Gateway.Stage;

namespace Gateway.Tests.Rostering;

[Trait("Requirement", "R-4.1")]
public sealed class RosterPausesTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    // The evening of June 30th in Honolulu, the morning of July 1st in Berlin.
    private readonly FakeClock clock = new(new DateTimeOffset(2026, 7, 1, 6, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pause_begins_and_ends_with_the_districts_own_days()
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        var pauses = rosters.Get<RosterPauses>();
        var honolulu = await rosters.DistrictAsync(folder.Path, "Pacific/Honolulu");
        var berlin = await rosters.DistrictAsync(folder.Path, "Europe/Berlin");
        foreach (var district in new[] { honolulu, berlin })
            Assert.True((await pauses.AddAsync(district, new(2026, 7, 1), new(2026, 7, 2), "rollover", Cancellation)).Succeeded);

        Assert.Equal((false, true), (await pauses.ApplyTodayAsync(honolulu, Cancellation), await pauses.ApplyTodayAsync(berlin, Cancellation)));
        clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal((true, false), (await pauses.ApplyTodayAsync(honolulu, Cancellation), await pauses.ApplyTodayAsync(berlin, Cancellation)));
        Assert.Empty(await pauses.ListAsync(berlin, Cancellation));
        Assert.Single(await pauses.ListAsync(honolulu, Cancellation));
    }

    [Fact]
    public async Task A_scheduled_run_on_a_day_of_a_pause_adds_and_ends_nothing_and_the_one_after_it_does()
    {
        const string live = "select count(*) from gateway.enrollment where district_id = @d and ended_on is null";
        using var folder = new TemporaryFolder();
        new MadeUpRoster().WriteTo(folder.Path);
        await using var rosters = new RunningRosters(database, clock);
        var district = await rosters.DistrictAsync(folder.Path, "Europe/Berlin");
        await rosters.Get<RosterSettingsStore>().ChangeAsync(district, new RosterSettingsCommand { RemovedPercent = 100 }, Cancellation);
        await rosters.FireAsync(district);
        await rosters.Get<RosterPauses>().AddAsync(district, new(2026, 7, 1), new(2026, 7, 2), "rollover", Cancellation);
        new MadeUpRoster().Person("student-7", "student", "north").Enroll("student-7", "class-1")
            .Remove("enrollments", line => line.StartsWith("student-1-", StringComparison.Ordinal)).WriteTo(folder.Path);

        await rosters.FireAsync(district);
        Assert.Equal(15, await database.AskAsync<long>(live, district));
        Assert.Equal("false true", await database.AskAsync<string>("select string_agg(additions_only::text, ' ' order by id) from gateway.roster_run where district_id = @d", district));

        clock.Advance(TimeSpan.FromDays(2));
        await rosters.FireAsync(district);
        Assert.Equal(13, await database.AskAsync<long>(live, district));
    }

    [Fact]
    public async Task Resuming_ends_the_pause_of_today_and_those_to_come()
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        var pauses = rosters.Get<RosterPauses>();
        var district = await rosters.DistrictAsync(folder.Path, "Europe/Berlin");
        await pauses.AddAsync(district, new(2026, 6, 20), new(2026, 8, 20), "summer", Cancellation);
        await pauses.AddAsync(district, new(2026, 12, 20), new(2027, 1, 3), "rollover", Cancellation);
        Assert.Equal(2, (await rosters.Get<RosterTimetable>().FindAsync(district, Cancellation))!.Pauses.Count);

        Assert.Equal(2, await pauses.ResumeAsync(district, Cancellation));

        Assert.False(await pauses.ApplyTodayAsync(district, Cancellation));
        Assert.Empty(await pauses.ListAsync(district, Cancellation));
        Assert.Equal(0, await pauses.ResumeAsync(district, Cancellation));
    }

    [Theory]
    [InlineData("2026-07-10", "2026-07-01", "summer", "roster.pause_backwards")]
    [InlineData("2026-05-01", "2026-06-01", "summer", "roster.pause_past")]
    [InlineData("2026-07-01", "2027-07-01", "summer", "roster.pause_too_long")]
    [InlineData("2026-07-01", "2026-07-02", "holidays", "roster.pause_reason_unknown")]
    public async Task A_pause_that_cannot_be_is_refused(string first, string last, string reason, string code)
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        var district = await rosters.DistrictAsync(folder.Path);

        var refused = await rosters.Get<RosterPauses>().AddAsync(
            district, DateOnly.Parse(first, System.Globalization.CultureInfo.InvariantCulture), DateOnly.Parse(last, System.Globalization.CultureInfo.InvariantCulture), reason, Cancellation);

        Assert.Equal([code], refused.Failures.Select(failure => failure.Code));
    }
}
