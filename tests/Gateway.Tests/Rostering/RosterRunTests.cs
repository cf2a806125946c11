using Gateway.Privacy;
using Gateway.Privacy.Rosters;
using Gateway.Rostering;
using OneRoster.Model;

namespace Gateway.Tests.Rostering;

public sealed class RosterRunTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    [Fact]
    [Trait("Requirement", "R-3.2")]
    public async Task A_second_run_of_a_district_at_the_same_time_is_refused_and_another_districts_is_not()
    {
        var district = await database.AddDistrictAsync();
        var other = await database.AddDistrictAsync();
        using var folder = new TemporaryFolder();
        new MadeUpRoster().WriteTo(folder.Path);
        await using var slow = new HeldSource(folder.Path);
        var first = database.Pipeline.RunAsync(Request(district), slow, TestContext.Current.CancellationToken);
        await slow.Reading;

        var second = await database.ImportAsync(district, new MadeUpRoster());
        var elsewhere = await database.ImportAsync(other, new MadeUpRoster());

        Assert.Equal((RosterRunState.Failed, RosterCodes.AlreadyRunning, null), (second.State, second.Code, second.RunId));
        Assert.Equal(RosterRunState.Applied, elsewhere.State);
        slow.Release();
        Assert.Equal(RosterRunState.Applied, (await first).State);
        Assert.Equal(RosterRunState.Applied, (await database.ImportAsync(district, new MadeUpRoster())).State);
        Assert.Equal(2, await database.AskAsync<long>("select count(*) from gateway.roster_run where district_id = @d", district));
    }

    [Fact]
    [Trait("Requirement", "R-3.2")]
    public async Task A_run_whose_session_is_killed_changes_nothing_and_the_next_one_goes_on()
    {
        var district = await database.AddDistrictAsync();
        using var folder = new TemporaryFolder();
        new MadeUpRoster().WriteTo(folder.Path);
        await using var slow = new HeldSource(folder.Path);
        var killed = database.Pipeline.RunAsync(Request(district), slow, TestContext.Current.CancellationToken);
        await slow.Reading;
        await database.AskAsync<long>("""
            select count(pg_terminate_backend(pid)) from pg_locks
            where locktype = 'advisory' and ((classid::bigint << 32) | objid::bigint) = hashtextextended('gateway.roster', @d) and database = (select oid from pg_database where datname = current_database())
            """, district);
        slow.Release();

        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => killed);

        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d", district));
        Assert.Equal(RosterCodes.Broken, await database.AskAsync<string>("select code from gateway.roster_run where district_id = @d and state = 'failed'", district));
        Assert.Equal(RosterRunState.Applied, (await database.ImportAsync(district, new MadeUpRoster())).State);
    }

    [Fact]
    [Trait("Requirement", "R-3.2")]
    public async Task A_run_left_behind_by_a_dead_process_is_marked_by_the_next()
    {
        var district = await database.AddDistrictAsync();
        await database.AskAsync<long>("""
            insert into gateway.roster_run (district_id, trigger, dry_run, state, phase, started_at)
            values (@d, 'schedule', false, 'running', 'read', '2026-10-05 03:00Z') returning id
            """, district);

        await database.ImportAsync(district, new MadeUpRoster());

        Assert.Equal("roster.interrupted", await database.AskAsync<string>(
            "select code from gateway.roster_run where district_id = @d and state = 'failed' and finished_at is not null", district));
    }

    [Fact]
    public async Task A_cancelled_run_changes_nothing_and_says_so()
    {
        var district = await database.AddDistrictAsync();
        using var folder = new TemporaryFolder();
        new MadeUpRoster().WriteTo(folder.Path);
        await using var slow = new HeldSource(folder.Path);
        using var stop = new CancellationTokenSource();
        var run = database.Pipeline.RunAsync(Request(district), slow, stop.Token);
        await slow.Reading;

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(RosterCodes.Cancelled, await database.AskAsync<string>("select code from gateway.roster_run where district_id = @d", district));
        Assert.Equal(RosterRunState.Applied, (await database.ImportAsync(district, new MadeUpRoster())).State);
    }

    [Fact]
    [Trait("Requirement", "R-4.2")]
    public async Task Progress_of_a_long_reading_is_visible_while_it_runs()
    {
        var district = await database.AddDistrictAsync();
        var roster = new MadeUpRoster();
        for (var student = 100; student < 2600; student++)
            roster.User($"student-{student}");
        using var folder = new TemporaryFolder();
        roster.WriteTo(folder.Path);
        await using var slow = new HeldSource(folder.Path, holdAfter: 1500, onHold: () => database.Clock.Advance(TimeSpan.FromSeconds(3)));
        var run = database.Pipeline.RunAsync(Request(district), slow, TestContext.Current.CancellationToken);
        await slow.Reading;
        slow.Release(andHoldAfter: 2005);
        await slow.Reading;

        Assert.Equal("running read", await database.AskAsync<string>("select concat_ws(' ', state, phase) from gateway.roster_run where district_id = @d", district));
        Assert.InRange(await database.AskAsync<int>("select (rows->>'users')::int from gateway.roster_run where district_id = @d", district), 1900, 2000);

        slow.Release();
        Assert.Equal(RosterRunState.Applied, (await run).State);
    }

    [Fact]
    public async Task What_cannot_be_opened_is_a_failed_run_in_the_history()
    {
        var district = await database.AddDistrictAsync();

        var outcome = await database.ImportAsync(district, "/nowhere/at/all.zip");

        Assert.Equal((RosterRunState.Failed, "csv.not_found"), (outcome.State, outcome.Code));
        var report = Assert.Single(await new RosterRuns(database.Gateway).ListAsync(district, 10, null, TestContext.Current.CancellationToken));
        Assert.Equal(("failed", "csv.not_found", "import"), (report.Run.State, report.Run.Code, report.Run.Trigger));
    }

    [Fact]
    [Trait("Requirement", "P-1.6")]
    public async Task Names_addresses_and_raw_ids_reach_no_table()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        await database.ImportAsync(district, new MadeUpRoster().Enroll("nobody", "class-1").BreakOff("enrollments"));

        var text = await Dump.EverythingAsync(database);

        Assert.Contains("schoolYear", text, StringComparison.Ordinal);
        foreach (var planted in new[] { MadeUpRoster.Plant, "@example.org", "student-1", "teacher-1", "guardian-1", "class-1", "algebra" })
            Assert.DoesNotContain(planted, text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Trait("Requirement", "P-1.4")]
    public void Allow_list_gives_each_field_a_purpose_and_reads_no_optional_one()
    {
        Assert.All(RosterAllowList.Fields, field => Assert.All([field.Purpose, field.Recipient, field.Retention], text => Assert.NotEmpty(text)));
        foreach (var (collection, field) in new[]
        {
            (RosterCollection.Orgs, "name"), (RosterCollection.AcademicSessions, "title"), (RosterCollection.Courses, "title"), (RosterCollection.Courses, "subjects"),
            (RosterCollection.Classes, "title"), (RosterCollection.Classes, "grades"), (RosterCollection.Classes, "subjects"),
            (RosterCollection.Users, "grades"), (RosterCollection.Users, "userMasterIdentifier"), (RosterCollection.Users, "primaryOrg"),
        })
            Assert.False(RosterAllowList.For(RosterReading.Default, PrivacyPolicy.Product, 1).Allows(collection, field), $"{collection}.{field}");
    }

    private static RosterRunRequest Request(int district) => new(district, RosterTrigger.Command, DryRun: false);
}
