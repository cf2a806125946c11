using Gateway.Rostering;
using Gateway.Stage;

namespace Gateway.Tests.Rostering;

[Trait("Requirement", "R-4.4")]
public sealed class RosterRetriesTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    // A Tuesday, 03:15 in New York.
    private readonly FakeClock clock = new(new DateTimeOffset(2026, 10, 6, 7, 15, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_source_that_is_away_is_tried_until_the_morning_and_reported_once()
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        var district = await rosters.DistrictAsync(folder.Path);

        await rosters.FireAsync(district);
        var tries = 0;
        while (rosters.Schedules.Retries.Remove(district, out var next))
        {
            Assert.Empty(await rosters.AlertsOfAsync(district));
            Assert.InRange(next, clock.GetUtcNow().AddMinutes(5), clock.GetUtcNow().AddHours(1));
            clock.Advance(next - clock.GetUtcNow());
            await rosters.FireAsync(district, isRetry: true);
            tries++;
        }

        await rosters.RoundAsync();
        await rosters.RoundAsync();

        Assert.Equal((7, new DateTimeOffset(2026, 10, 6, 11, 0, 0, TimeSpan.Zero)), (tries, clock.GetUtcNow()));
        var mail = Assert.Single(rosters.MailsOf(district));
        Assert.EndsWith("roster failed, roster.folder_empty", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("tries  8, since 2026-10-06 03:15 America/New_York", mail.Body, StringComparison.Ordinal);
        Assert.Equal(8, await database.AskAsync<long>("select count(*) from gateway.roster_run where district_id = @d and state = 'failed'", district));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.roster_retry where district_id = @d", district));
    }

    [Fact]
    public async Task A_source_that_comes_back_is_brought_in_and_nobody_is_told()
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        var district = await rosters.DistrictAsync(folder.Path);
        await rosters.FireAsync(district);
        Assert.Equal("roster.folder_empty 1", await database.AskAsync<string>("select concat_ws(' ', code, attempts) from gateway.roster_retry where district_id = @d", district));
        new MadeUpRoster().WriteTo(folder.Path);
        clock.Advance(TimeSpan.FromMinutes(5));

        await rosters.FireAsync(district, isRetry: true);

        Assert.Empty(rosters.Schedules.Retries);
        Assert.Empty(await rosters.AlertsOfAsync(district));
        Assert.Equal(1, await database.AskAsync<long>("select count(*) from gateway.roster_run where district_id = @d and state = 'applied'", district));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.roster_retry where district_id = @d", district));
    }

    [Fact]
    public async Task A_try_is_left_out_when_somebody_brought_the_roster_in_meanwhile()
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        var district = await rosters.DistrictAsync(folder.Path);
        await rosters.FireAsync(district);
        clock.Advance(TimeSpan.FromMinutes(1));
        using var brought = new TemporaryFolder();
        new MadeUpRoster().WriteTo(brought.Path);
        Assert.Equal(RosterRunState.Applied, (await rosters.Get<RosterImport>().RunAsync(district, brought.Path, dryRun: false, approved: false, TestContext.Current.CancellationToken)).State);

        await rosters.FireAsync(district, isRetry: true);

        Assert.Empty(rosters.Schedules.Retries);
        Assert.Equal(2, await database.AskAsync<long>("select count(*) from gateway.roster_run where district_id = @d", district));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.roster_retry where district_id = @d", district));
    }

    [Fact]
    public async Task What_no_try_can_mend_is_reported_at_once()
    {
        using var folder = new TemporaryFolder();
        new MadeUpRoster().BreakOff("users").WriteTo(folder.Path);
        await using var rosters = new RunningRosters(database, clock);
        var district = await rosters.DistrictAsync(folder.Path);

        await rosters.FireAsync(district);
        await rosters.RoundAsync();

        Assert.Empty(rosters.Schedules.Retries);
        Assert.StartsWith("[Gateway] made-up-", Assert.Single(rosters.MailsOf(district)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_that_need_a_person_are_not_tried_again()
    {
        foreach (var code in new[] { "rest.token_refused", "rest.unauthorized", "rest.forbidden", "csv.quoting_broken", "csv.manifest_missing", "roster.collection_empty", "roster.not_connected", SftpCodes.HostKeyChanged, SftpCodes.Denied, SftpCodes.Missing, SftpCodes.TooLarge })
            Assert.False(RetryableFailures.Contains(code), code);
        foreach (var code in new[] { "rest.unavailable", "rest.connection_lost", SftpCodes.Unreachable, RosterCodes.FolderEmpty, RosterCodes.AlreadyRunning })
            Assert.True(RetryableFailures.Contains(code), code);
    }

    [Fact]
    public async Task The_morning_is_the_districts_own_and_outlives_a_new_connection()
    {
        using var folder = new TemporaryFolder();
        await using var rosters = new RunningRosters(database, clock);
        var district = await rosters.DistrictAsync(folder.Path);
        var cancellation = TestContext.Current.CancellationToken;
        Assert.True((await rosters.Get<RosterTimetable>().SetAsync(district, null, new TimeOnly(3, 18), cancellation)).Succeeded);
        Assert.Empty((await rosters.Get<RosterConnections>().ConnectAsync(new RosterConnectCommand(district) { CsvFolder = folder.Path }, cancellation)).Problems);

        await rosters.FireAsync(district);

        Assert.Equal(clock.GetUtcNow().AddMinutes(3), rosters.Schedules.Retries[district]);
        Assert.Equal("roster.schedule_invalid", (await rosters.Get<RosterTimetable>().SetAsync(district, "never", null, cancellation)).Failures[0].Code);
        Assert.Equal(new TimeOnly(3, 18), (await rosters.Get<RosterTimetable>().FindAsync(district, cancellation))!.RetryUntil);
    }
}
