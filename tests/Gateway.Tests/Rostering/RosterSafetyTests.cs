using Gateway.Rostering;
using Gateway.Stage;

namespace Gateway.Tests.Rostering;

[Trait("Requirement", "R-3.3")]
public sealed class RosterSafetyTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private const string Live = "select count(*) from gateway.enrollment where district_id = @d and ended_on is null";

    [Theory]
    [InlineData(12, true)] // Of 102 people and 108 enrollments: 11.8 % and 11.1 %.
    [InlineData(9, false)] // 8.8 % and 8.3 %.
    public async Task More_than_a_tenth_removed_waits_and_less_goes_through(int leave, bool waits)
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, Large());

        var outcome = await database.ImportAsync(district, Large(without: leave), approved: false);

        Assert.Equal(waits ? RosterRunState.Waiting : RosterRunState.Applied, outcome.State);
        Assert.Equal(waits ? 108 : 108 - leave, await database.AskAsync<long>(Live, district));
        if (waits)
            Assert.Equal(["roster.removes_too_much learner 11.76 10", "roster.removes_too_much enrollment 11.11 10"], Reasons(outcome));
        else
            Assert.Empty(outcome.Comparison!.Reasons);
    }

    [Fact]
    public async Task A_waiting_run_has_changed_nothing_and_says_before_and_after()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, Large());
        var before = await database.PictureAsync(district);

        var outcome = await database.ImportAsync(district, Large(without: 12).Person("new", "student", "north").Enroll("new", "class-1"), approved: false);

        Assert.Equal(before, await database.PictureAsync(district));
        var enrollments = Assert.Single(outcome.Comparison!.Types, type => type.Entity == "enrollment");
        Assert.Equal((108, 1, 0, 12, 97), (enrollments.Before, enrollments.Added, enrollments.Changed, enrollments.Removed, enrollments.After));
        var stored = await database.LatestRunAsync(district);
        Assert.Equal(("waiting", "roster.removes_too_much"), (stored.Run.State, stored.Run.Code));
        Assert.Equal(outcome.Comparison.Types, RosterComparison.FromJson(stored.Run.Comparison)!.Types);
    }

    [Fact]
    public async Task An_approved_run_is_applied_as_it_was_compared_without_its_source()
    {
        var (district, undisturbed) = (await database.AddDistrictAsync(), await database.AddDistrictAsync());
        foreach (var each in new[] { district, undisturbed })
            await database.ImportAsync(each, Large());
        await database.ImportAsync(undisturbed, Large(without: 30).Person("new", "student", "north").Enroll("new", "class-1", begin: "2026-09-01"));
        var waiting = await database.ImportAsync(district, Large(without: 30).Person("new", "student", "north").Enroll("new", "class-1", begin: "2026-09-01"), approved: false);

        var approved = await database.ApproveAsync(district);

        Assert.Equal((RosterRunState.Applied, null), (approved.State, approved.Code));
        Assert.Equal(waiting.Changes, approved.Changes);
        Assert.Equal(await SourcesAsync(undisturbed), await SourcesAsync(district));
        Assert.Equal("approved", await database.AskAsync<string>($"select state from gateway.roster_run where district_id = @d and id = {waiting.RunId}", district));
        Assert.Equal(waiting.RunId, (await database.LatestRunAsync(district)).Run.Approves);
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.roster_held where district_id = @d", district));
        Assert.Equal(RosterCodes.NothingWaits, (await database.ApproveAsync(district)).Code);
    }

    [Fact]
    public async Task A_later_run_replaces_the_waiting_one_which_can_no_longer_be_approved()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, Large());
        var waiting = await database.ImportAsync(district, Large(without: 40), approved: false);

        await database.ImportAsync(district, Large(without: 5), approved: false);

        Assert.Equal(RosterCodes.DoesNotWait, (await database.ApproveAsync(district, waiting.RunId)).Code);
        Assert.Equal("replaced", await database.AskAsync<string>($"select state from gateway.roster_run where district_id = @d and id = {waiting.RunId}", district));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.roster_held where district_id = @d", district));
        Assert.Equal(103, await database.AskAsync<long>(Live, district));
    }

    [Fact]
    public async Task Of_two_runs_that_wait_one_after_the_other_the_later_is_the_one_to_approve()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, Large());
        var first = await database.ImportAsync(district, Large(without: 40), approved: false);

        var second = await database.ImportAsync(district, Large(without: 30), approved: false);

        Assert.Equal($"{first.RunId} replaced, {second.RunId} waiting", await database.AskAsync<string>(
            "select string_agg(id || ' ' || state, ', ' order by id) from gateway.roster_run where district_id = @d and state <> 'applied'", district));
        Assert.Equal(second.RunId, await database.AskAsync<long>("select max(run_id) from gateway.roster_held where district_id = @d having count(distinct run_id) = 1", district));
        Assert.Equal(RosterRunState.Applied, (await database.ApproveAsync(district)).State);
        Assert.Equal(78, await database.AskAsync<long>(Live, district));
    }

    [Fact]
    public async Task A_run_that_fails_leaves_the_waiting_one_to_be_approved()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, Large());
        await database.ImportAsync(district, Large(without: 40), approved: false);

        Assert.Equal(RosterRunState.Failed, (await database.ImportAsync(district, Large().BreakOff("users"), approved: false)).State);

        Assert.Equal(RosterRunState.Applied, (await database.ApproveAsync(district)).State);
        Assert.Equal(68, await database.AskAsync<long>(Live, district));
    }

    [Fact]
    public async Task An_approval_brings_back_what_its_own_run_held_and_no_other()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, Large());
        var waiting = await database.ImportAsync(district, Large(without: 40), approved: false);
        var other = await database.AskAsync<long>(
            "insert into gateway.roster_run (district_id, trigger, dry_run, state, phase, started_at, finished_at) values (@d, 'import', false, 'waiting', 'judge', '2026-10-05Z', '2026-10-05Z') returning id", district);
        await database.ExecuteAsync($"insert into gateway.roster_held select {other}, district_id, part, piece, bytes from gateway.roster_held where run_id = {waiting.RunId} and part like '%enrollment'");

        Assert.Equal(RosterCodes.HeldOutdated, (await database.ApproveAsync(district, other)).Code);
        Assert.Equal(RosterRunState.Applied, (await database.ApproveAsync(district, waiting.RunId)).State);
        Assert.Equal(68, await database.AskAsync<long>(Live, district));
    }

    [Fact]
    [Trait("Requirement", "R-3.2")]
    public async Task What_a_run_held_that_died_before_it_waited_goes_with_the_next_run()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, Large());
        var died = await database.ImportAsync(district, Large(without: 40), approved: false);
        await database.ExecuteAsync($"update gateway.roster_run set state = 'running', finished_at = null where id = {died.RunId}");

        Assert.Equal(RosterRunState.Failed, (await database.ImportAsync(district, Large().BreakOff("users"))).State);

        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.roster_held where district_id = @d", district));
    }

    [Fact]
    public async Task An_expired_and_an_approved_run_can_not_be_approved_by_their_number()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, Large());
        var expired = await database.ImportAsync(district, Large(without: 40), approved: false);
        await database.ExecuteAsync($"update gateway.roster_run set state = 'expired' where id = {expired.RunId}");
        Assert.Equal(RosterCodes.DoesNotWait, (await database.ApproveAsync(district, expired.RunId)).Code);

        var approved = await database.ImportAsync(district, Large(without: 30), approved: false);
        await database.ApproveAsync(district, approved.RunId);
        Assert.Equal(RosterCodes.DoesNotWait, (await database.ApproveAsync(district, approved.RunId)).Code);
    }

    [Fact]
    public async Task Additions_go_ahead_where_the_district_says_so_and_the_rest_waits()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, Large());
        await database.SetAsync(district, new RosterSettingsCommand { AdditionsAhead = true });

        var outcome = await database.ImportAsync(
            district, Large(without: 20).Person("new", "student", "north").Enroll("new", "class-1").Replace("enrollments", "student-1,student,,,", "student-1,student,,2026-09-09,"), approved: false);

        Assert.Equal(RosterRunState.Waiting, outcome.State);
        Assert.Equal(["enrollment added 1", "learner added 1"], outcome.Changes.Select(change => $"{change.Entity} {change.Kind} {change.Count}").Order(StringComparer.Ordinal));
        Assert.Equal(109, await database.AskAsync<long>(Live, district));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.enrollment where district_id = @d and starts_on is not null", district));
        Assert.Equal(2, await database.AskAsync<long>("select count(*) from gateway.change c where district_id = @d and sequence > (select max(sequence) - 2 from gateway.change where district_id = @d) and kind = 'added'", district));

        var approved = await database.ApproveAsync(district);

        Assert.Equal(["enrollment changed 2", "enrollment ended 20", "learner ended 20"], approved.Changes.Select(change => $"{change.Entity} {change.Kind} {change.Count}"));
        Assert.Equal(89, await database.AskAsync<long>(Live, district));
    }

    [Fact]
    public async Task More_changed_than_the_district_allows_waits()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, Large());
        await database.SetAsync(district, new RosterSettingsCommand { ChangedPercent = 50 });

        var outcome = await database.ImportAsync(district, Large().Replace("enrollments", ",student,,,", ",student,,2026-09-09,"), approved: false);

        Assert.Equal(RosterRunState.Waiting, outcome.State);
        Assert.Equal(["roster.changes_too_much enrollment 98.15 50"], Reasons(outcome));
    }

    [Fact]
    public async Task A_share_that_the_district_allows_goes_through()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, Large());
        await database.SetAsync(district, new RosterSettingsCommand { RemovedPercent = 40 });

        Assert.Equal(RosterRunState.Applied, (await database.ImportAsync(district, Large(without: 40), approved: false)).State);
        Assert.Equal(68, await database.AskAsync<long>(Live, district));
    }

    [Theory]
    [InlineData("users")]
    [InlineData("classes")]
    [InlineData("enrollments")]
    [InlineData("orgs")]
    public async Task An_empty_collection_waits_where_there_was_a_roster(string collection)
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, Large());
        var before = await database.PictureAsync(district);

        var outcome = await database.ImportAsync(district, Large().Remove(collection, _ => true), approved: false);

        Assert.Equal(RosterRunState.Waiting, outcome.State);
        Assert.Contains($"roster.collection_empty {collection}", Reasons(outcome).Select(reason => reason.Trim()));
        Assert.Equal(before, await database.PictureAsync(district));
    }

    [Fact]
    public async Task A_term_that_loses_all_its_classes_waits_however_few_they_are()
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { RemovedPercent = 100 });
        MadeUpRoster Roster() => Large().Record("academicSessions", "spring", "", "x", "semester", "2027-01-16", "2027-07-01", "year", "2027");
        await database.ImportAsync(district, Roster().Class("class-9", "north", terms: "spring"));

        var outcome = await database.ImportAsync(district, Roster(), approved: false);

        Assert.Equal(RosterRunState.Waiting, outcome.State);
        Assert.Equal(["roster.term_emptied term"], Reasons(outcome).Select(reason => reason.Trim()));
    }

    [Fact]
    public async Task A_new_term_without_classes_while_the_old_ones_go_waits()
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { RemovedPercent = 100 });
        await database.ImportAsync(district, Large().Replace("academicSessions", "2027-01-16", "2026-10-01").Class("class-8", "north"));

        var outcome = await database.ImportAsync(
            district, Large().Replace("academicSessions", "2027-01-16", "2026-10-01").Record("academicSessions", "next", "", "x", "semester", "2026-10-01", "2027-02-01", "year", "2027"), approved: false);

        Assert.Equal(RosterRunState.Waiting, outcome.State);
        Assert.Equal(["roster.term_emptied term"], Reasons(outcome).Select(reason => reason.Trim()));
    }

    [Fact]
    [Trait("Requirement", "R-4.1")]
    public async Task In_a_pause_window_only_additions_are_applied_and_nothing_waits()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, Large());
        using var folder = new TemporaryFolder();
        Large(without: 60).Person("new", "student", "north").Enroll("new", "class-1").WriteTo(folder.Path);
        await using var source = RosterConnections.OpenFiles(folder.Path).Source!;

        var outcome = await database.Pipeline.RunAsync(
            new RosterRunRequest(district, RosterTrigger.Schedule, DryRun: false) { AdditionsOnly = true }, source, TestContext.Current.CancellationToken);

        Assert.Equal(RosterRunState.Applied, outcome.State);
        Assert.Equal(109, await database.AskAsync<long>(Live, district));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.change where district_id = @d and kind = 'ended'", district));
    }

    [Fact]
    [Trait("Requirement", "R-3.4")]
    public async Task A_dry_run_says_that_the_run_would_wait_and_holds_nothing()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, Large());

        var outcome = await database.ImportAsync(district, Large(without: 12), dryRun: true, approved: false);

        Assert.Equal(RosterRunState.Checked, outcome.State);
        Assert.Equal(2, outcome.Comparison!.Reasons.Count);
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.roster_held where district_id = @d", district));
    }

    [Fact]
    [Trait("Requirement", "R-4.2")]
    public async Task Waiting_rosters_are_kept_for_two_weeks_and_reports_for_ninety_days()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, Large());
        var waiting = await database.ImportAsync(district, Large(without: 40), approved: false);
        var began = database.Clock.GetUtcNow();

        await PurgeAsync(began.AddDays(13));
        Assert.Equal("waiting", await database.AskAsync<string>($"select state from gateway.roster_run where district_id = @d and id = {waiting.RunId}", district));

        await PurgeAsync(began.AddDays(15));
        Assert.Equal("expired", await database.AskAsync<string>($"select state from gateway.roster_run where district_id = @d and id = {waiting.RunId}", district));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.roster_held where district_id = @d", district));
        Assert.Equal(RosterCodes.NothingWaits, (await database.ApproveAsync(district)).Code);

        await PurgeAsync(began.AddDays(89));
        Assert.Equal(2, await database.AskAsync<long>("select count(*) from gateway.roster_run where district_id = @d", district));
        await PurgeAsync(began.AddDays(91));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.roster_run where district_id = @d", district));
    }

    /// <summary>100 students in 3 classes, 2 teachers: 102 people, 108 enrollments.</summary>
    private static MadeUpRoster Large(int without = 0)
    {
        var roster = new MadeUpRoster();
        for (var student = 0; student < 94 - without; student++)
            roster.Person($"extra-{student}", "student", "north").Enroll($"extra-{student}", $"class-{1 + (student % 2)}");
        return roster;
    }

    private static IEnumerable<string> Reasons(RosterRunOutcome outcome) => outcome.Comparison!.Reasons.Select(reason =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{reason.Code} {reason.Subject} {reason.Percent:0.##} {reason.Limit:0.##}"));

    private async Task PurgeAsync(DateTimeOffset now)
    {
        await database.RetentionAt(new FakeClock(now)).RunAsync(dryRun: false, TestContext.Current.CancellationToken);
    }

    // Each district has keys of its own, so pseudonyms differ: counts by class, role and dates are compared.
    // Of each class who is in it; which number a class got says nothing.
    private Task<string> SourcesAsync(int district) => database.AskAsync<string>("""
        select string_agg(class, E'\n--\n' order by class) from (
          select string_agg(concat_ws(' ', role, starts_on, ends_on, ended, c), E'\n' order by role, starts_on, ends_on, ended) as class from (
            select e.class_id, e.role, e.starts_on, e.ends_on, e.ended_on is not null as ended, count(*) as c
            from gateway.enrollment e where district_id = @d group by e.class_id, e.role, e.starts_on, e.ends_on, e.ended_on is not null) x
          group by class_id) y
        """, district);
}
