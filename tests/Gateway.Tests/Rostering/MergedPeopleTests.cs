using Gateway.Privacy;
using Gateway.Rostering;

namespace Gateway.Tests.Rostering;

/// <summary>People whom a roster makes one: judged before it happens, and undone by the roster that no longer says so.</summary>
public sealed class MergedPeopleTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private const string Learners = "select count(*) from gateway.learner where district_id = @d and on_roster";
    private const string Joins = "select count(*) from gateway.learner_join where district_id = @d";
    private const string Feed = "select coalesce(string_agg(concat_ws(' ', kind, entity_id, other_id), ', ' order by sequence), '') from gateway.change where district_id = @d and entity = 'learner' and kind in ('merged', 'split') and sequence > ";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0")]
    [InlineData("n/a")]
    [InlineData("same-for-everybody")]
    [Trait("Requirement", "S-1")]
    public async Task Value_that_is_a_placeholder_or_is_shared_by_many_makes_nobody_one_and_is_a_finding(string value)
    {
        var district = await MatchingAsync();
        await database.ImportAsync(district, Masters(new MadeUpRoster()));
        var before = await database.PictureAsync(district);

        var outcome = await database.ImportAsync(district, Masters(new MadeUpRoster(), all: value), approved: false);

        Assert.Equal(RosterRunState.Applied, outcome.State);
        Assert.Empty(outcome.Changes);
        Assert.Equal(before, await database.PictureAsync(district));
        Assert.Contains(outcome.Findings, finding => finding.Rule is "roster.person_shared" or "row.id_placeholder" && finding is { Field: "userMasterIdentifier", Count: 9 });
    }

    [Fact]
    [Trait("Requirement", "S-1")]
    public async Task Record_without_a_value_stands_alone_and_is_counted()
    {
        var district = await MatchingAsync();

        var outcome = await database.ImportAsync(district, Masters(new MadeUpRoster(), all: ""), approved: false);

        Assert.Equal(RosterRunState.Applied, outcome.State);
        Assert.Equal(8, await database.AskAsync<long>(Learners, district));
        Assert.Equal(8, Assert.Single(outcome.Findings, finding => finding.Rule == "roster.person_blank").Count);
    }

    [Theory]
    [InlineData(4, 5)]
    [InlineData(5, 8)]
    [Trait("Requirement", "S-1")]
    public async Task Four_records_may_be_one_person_and_five_are_not(int records, int learners)
    {
        var district = await MatchingAsync();

        await database.ImportAsync(district, Masters(new MadeUpRoster(), [.. Enumerable.Range(1, records).Select(n => ($"student-{n}", "m-1"))]));

        Assert.Equal(learners, await database.AskAsync<long>(Learners, district));
    }

    [Fact]
    [Trait("Requirement", "S-1")]
    public async Task Merge_by_surprise_waits_with_its_numbers_in_dry_run_report_audit_and_alert_and_happens_when_approved()
    {
        var district = await MatchingAsync();
        await database.ImportAsync(district, Masters(new MadeUpRoster()));
        var (one, other) = (await OfSisAsync(district, "student-1"), await OfSisAsync(district, "student-4"));
        var before = await database.PictureAsync(district);
        MadeUpRoster Roster() => Masters(new MadeUpRoster(), ("student-1", "m-1"), ("student-4", "m-1"));

        var dry = await database.ImportAsync(district, Roster(), dryRun: true, approved: false);
        Assert.Equal(before, await database.PictureAsync(district));
        var outcome = await database.ImportAsync(district, Roster(), approved: false);

        Assert.Equal((RosterRunState.Checked, RosterRunState.Waiting), (dry.State, outcome.State));
        Assert.All([dry, outcome], run =>
        {
            Assert.Equal(new PeopleChanges(1, 0, 8), run.Comparison!.People);
            Assert.Equal((RosterCodes.MergesTooMany, 1L, 12.5m), Assert.Single(run.Comparison.Reasons) is var reason ? (reason.Code, reason.Count!.Value, reason.Percent!.Value) : default);
            Assert.Contains("learner merged 1", run.Changes.Select(Text));
            Assert.Contains("Of 8 users 1 would become one with another, and 0 that a roster made one would be several again.", Gateway.Commands.RosterReport.LinesOf(run, "oak"));
            Assert.Contains(
                "people of 8: 1 would become one with another, 0 would be several again",
                Gateway.Rostering.Alerts.RosterAlertText.Waiting(new("oak", TimeZoneInfo.Utc, "https://gateway.example"), 1, run.Comparison).Body, StringComparison.Ordinal);
        });
        Assert.Equal((one, other), (await OfSisAsync(district, "student-1"), await OfSisAsync(district, "student-4")));
        Assert.Equal("1", (await AuditAsync(district)).First(line => line.Action == "roster.waiting").Details["learner.merged"]);

        Assert.Equal(RosterRunState.Applied, (await database.ApproveAsync(district)).State);
        Assert.Equal((Math.Min(one, other), Math.Min(one, other)), (await OfSisAsync(district, "student-1"), await OfSisAsync(district, "student-4")));
        Assert.Equal("1", (await AuditAsync(district)).First(line => line.Action == "roster.applied").Details["learner.merged"]);
        Assert.Empty((await database.ImportAsync(district, Roster(), approved: false)).Changes);
    }

    [Theory]
    [InlineData(5, 600, RosterRunStateName.Applied)]
    [InlineData(6, 600, RosterRunStateName.Waiting)]
    [InlineData(2, 192, RosterRunStateName.Applied)] // Of 200 one in a hundred.
    [InlineData(3, 192, RosterRunStateName.Waiting)]
    [Trait("Requirement", "S-1")]
    public async Task Few_are_made_one_without_asking_and_more_wait(int merged, int more, RosterRunStateName state)
    {
        var district = await MatchingAsync();
        MadeUpRoster Roster(int pairs)
        {
            var roster = Masters(new MadeUpRoster());
            for (var student = 0; student < more; student++)
                Master(roster.Person($"extra-{student}", "student", "north").Enroll($"extra-{student}", "class-1"), $"extra-{student}", student < 2 * pairs ? $"pair-{student / 2}" : $"own-{student}");
            return roster;
        }

        await database.ImportAsync(district, Roster(0));

        var outcome = await database.ImportAsync(district, Roster(merged), approved: false);

        Assert.Equal(state.ToString(), outcome.State.ToString());
        Assert.Equal(8 + more - (outcome.State == RosterRunState.Applied ? merged : 0), await database.AskAsync<long>(Learners, district));
    }

    [Fact]
    [Trait("Requirement", "S-1")]
    public async Task First_roster_of_all_waits_as_well_and_so_do_new_records_of_somebody_known()
    {
        var (first, later) = (await MatchingAsync(), await MatchingAsync());
        var pair = Masters(new MadeUpRoster(), ("student-1", "m-1"), ("student-4", "m-1"));
        Assert.Equal(RosterRunState.Waiting, (await database.ImportAsync(first, pair, approved: false)).State);

        await database.ImportAsync(later, Masters(new MadeUpRoster()));
        var outcome = await database.ImportAsync(later, Master(Masters(new MadeUpRoster()).Person("new", "student", "north").Enroll("new", "class-1"), "new", "own-student-1"), approved: false);

        Assert.Equal(new PeopleChanges(1, 0, 9), outcome.Comparison!.People);
        Assert.Equal(8, await database.AskAsync<long>(Learners, later));
    }

    [Fact]
    [Trait("Requirement", "S-1")]
    public async Task Joins_are_no_additions_where_these_go_ahead_or_a_pause_lets_nothing_else_in()
    {
        var district = await MatchingAsync();
        await database.SetAsync(district, new RosterSettingsCommand { AdditionsAhead = true });
        await database.ImportAsync(district, Masters(new MadeUpRoster()));
        MadeUpRoster Roster() => Master(
            Master(
                Masters(new MadeUpRoster(), ("student-1", "m-1"), ("student-4", "m-1")).Person("twin", "student", "north").Enroll("twin", "class-1").Person("new", "student", "north").Enroll("new", "class-1"),
                "twin", "own-student-2"),
            "new", "own-new");

        var outcome = await database.ImportAsync(district, Roster(), approved: false);

        Assert.Equal((RosterRunState.Waiting, RosterCodes.MergesTooMany), (outcome.State, Assert.Single(outcome.Comparison!.Reasons).Code));
        Assert.Equal(9, await database.AskAsync<long>(Learners, district));
        Assert.NotEqual(await OfSisAsync(district, "student-1"), await OfSisAsync(district, "student-4"));
        Assert.Equal(0, await KnownAsync(district, "twin"));

        await PausedAsync(district, Roster());
        Assert.Equal((9, 0), (await database.AskAsync<long>(Learners, district), await KnownAsync(district, "twin")));
        Assert.Equal(0, await database.AskAsync<long>(Joins, district));

        await database.ImportAsync(district, Roster());
        Assert.Equal(8, await database.AskAsync<long>(Learners, district));
        Assert.Equal(await OfSisAsync(district, "student-2"), await OfSisAsync(district, "twin"));
    }

    [Fact]
    [Trait("Requirement", "S-1")]
    [Trait("Requirement", "S-3")]
    public async Task Student_and_teacher_never_become_one_whether_known_or_new_and_teachers_among_themselves_do()
    {
        var (fresh, known) = (await MatchingAsync(), await MatchingAsync());
        MadeUpRoster Roster() => Masters(
            new MadeUpRoster().Role("teacher-1", "aide", "south"), ("student-1", "m-1"), ("student-4", "m-1"), ("teacher-1", "m-1"), ("teacher-2", "m-1"));
        await database.ImportAsync(known, Masters(new MadeUpRoster()));

        foreach (var district in new[] { fresh, known })
        {
            var outcome = await database.ImportAsync(district, Roster());

            Assert.Equal(4, Assert.Single(outcome.Findings, finding => finding.Rule == "roster.person_roles_differ").Count);
            Assert.Equal("student 5, teacher 1", await database.AskAsync<string>(
                "select string_agg(role || ' ' || number, ', ' order by role) from (select role, count(*) as number from gateway.learner where district_id = @d and on_roster group by role) r", district));
            Assert.Equal(await OfSisAsync(district, "teacher-1"), await OfSisAsync(district, "teacher-2"));
            Assert.NotEqual(await OfSisAsync(district, "teacher-1"), await OfSisAsync(district, "student-1"));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Requirement", "S-2")]
    public async Task Roster_that_no_longer_says_so_splits_whom_it_joined_known_or_new_and_may_join_them_again(bool known)
    {
        var district = await MatchingAsync();
        if (known)
            await database.ImportAsync(district, Masters(new MadeUpRoster()));
        MadeUpRoster Joined() => Masters(new MadeUpRoster(), ("student-1", "m-1"), ("student-4", "m-1"));
        await database.ImportAsync(district, Joined());
        var kept = await OfSisAsync(district, "student-1");
        Assert.Equal((kept, 1), (await OfSisAsync(district, "student-4"), await database.AskAsync<long>(Joins, district)));
        var position = await database.AskAsync<long>("select last_sequence from gateway.feed_position where district_id = @d", district);

        var waits = await database.ImportAsync(district, Masters(new MadeUpRoster()), approved: false);
        Assert.Equal((RosterRunState.Waiting, RosterCodes.SplitsTooMany), (waits.State, Assert.Single(waits.Comparison!.Reasons).Code));
        Assert.Equal(RosterRunState.Applied, (await database.ApproveAsync(district)).State);

        var (one, other) = (await OfSisAsync(district, "student-1"), await OfSisAsync(district, "student-4"));
        Assert.Equal(kept, Math.Min(one, other));
        Assert.Equal($"split {Math.Max(one, other)} {kept}", await database.AskAsync<string>(Feed + position, district));
        Assert.Equal("2 2", await database.AskAsync<string>(
            $"select string_agg(number::text, ' ') from (select count(*) as number from gateway.enrollment where learner_id in ({one}, {other}) and ended_on is null group by learner_id) n"));
        Assert.Equal(8, await database.AskAsync<long>(Learners, district));
        Assert.Equal(0, await database.AskAsync<long>(Joins, district));
        Assert.Empty((await database.ImportAsync(district, Masters(new MadeUpRoster()), approved: false)).Changes);

        await database.ImportAsync(district, Joined());
        Assert.Equal((kept, kept), (await OfSisAsync(district, "student-1"), await OfSisAsync(district, "student-4")));
    }

    [Fact]
    [Trait("Requirement", "S-2")]
    public async Task Join_that_is_part_of_another_is_undone_by_itself_and_a_rule_switched_off_undoes_all()
    {
        var district = await MatchingAsync();
        MadeUpRoster Roster(params string[] same) => Masters(new MadeUpRoster(), [.. same.Select(one => (one, "m-1"))]);
        await database.ImportAsync(district, Roster());
        // The oldest learner is kept: the second join holds the first one, whole, only in their order.
        var people = new List<(long Learner, string Name)>();
        foreach (var name in new[] { "student-1", "student-2", "student-3" })
            people.Add((await OfSisAsync(district, name), name));
        people.Sort();
        var (one, two, three) = (people[0], people[1], people[2]);
        await database.ImportAsync(district, Roster(two.Name, three.Name));
        await database.ImportAsync(district, Roster(one.Name, two.Name, three.Name));
        Assert.Equal((one.Learner, one.Learner), (await OfSisAsync(district, two.Name), await OfSisAsync(district, three.Name)));

        await database.ImportAsync(district, Roster(one.Name, two.Name));
        Assert.Equal((one.Learner, three.Learner), (await OfSisAsync(district, two.Name), await OfSisAsync(district, three.Name)));

        await database.SetAsync(district, new RosterSettingsCommand { SamePerson = "none" });
        await database.ImportAsync(district, Roster(one.Name, two.Name));
        Assert.Equal(
            (one.Learner, two.Learner, three.Learner),
            (await OfSisAsync(district, one.Name), await OfSisAsync(district, two.Name), await OfSisAsync(district, three.Name)));
    }

    [Fact]
    [Trait("Requirement", "S-2")]
    public async Task Person_splits_what_a_roster_joined_and_no_roster_joins_them_again()
    {
        var district = await MatchingAsync();
        MadeUpRoster Roster() => Masters(new MadeUpRoster(), ("student-1", "m-1"), ("student-4", "m-1"));
        await database.ImportAsync(district, Roster());
        var join = await database.AskAsync<long>("select max(id) from gateway.learner_join where district_id = @d and cause = 'roster'", district);

        Assert.True((await new SplitPeople(database.Gateway, database.Trail, database.Clock).RunAsync(district, join, Cancellation)).Succeeded);
        var outcome = await database.ImportAsync(district, Roster(), approved: false);

        Assert.Equal(RosterRunState.Applied, outcome.State);
        Assert.Null(outcome.Comparison!.People);
        Assert.NotEqual(await OfSisAsync(district, "student-1"), await OfSisAsync(district, "student-4"));
        Assert.Equal(8, await database.AskAsync<long>(Learners, district));
        Assert.Equal("2 2", await database.AskAsync<string>($"""
            select string_agg(number::text, ' ') from (
              select count(*) as number from gateway.enrollment where learner_id in ({await OfSisAsync(district, "student-1")}, {await OfSisAsync(district, "student-4")}) and ended_on is null group by learner_id) n
            """));
    }

    [Fact]
    [Trait("Requirement", "S-2")]
    public async Task After_thirty_days_a_roster_splits_nobody()
    {
        var district = await MatchingAsync();
        await database.ImportAsync(district, Masters(new MadeUpRoster(), ("student-1", "m-1"), ("student-4", "m-1")));
        await database.ExecuteAsync($"update gateway.learner_join set joined_at = joined_at - interval '30 days' where district_id = {district}");

        Assert.Empty((await database.ImportAsync(district, Masters(new MadeUpRoster()), approved: false)).Changes);
        Assert.Equal(await OfSisAsync(district, "student-1"), await OfSisAsync(district, "student-4"));
    }

    [Theory]
    [InlineData("before:-", "roster.same_person_broad")]
    [InlineData("after:@", null)]
    [InlineData("after:ä", "roster.same_person_unchecked")]
    [InlineData("master-identifier", null)]
    [Trait("Requirement", "S-1")]
    public async Task Pattern_that_makes_almost_everybody_one_is_refused_when_it_is_entered(string pattern, string? code)
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster().Person("north@77", "student", "north").Enroll("north@77", "class-1").Person("south@77", "student", "south").Enroll("south@77", "class-3"));

        var entered = await database.Settings.ChangeAsync(district, new RosterSettingsCommand { SamePerson = pattern }, Cancellation);

        Assert.Equal(code, entered.Failures.SingleOrDefault()?.Code);
        Assert.Equal(code is null ? pattern : "none", (await database.Settings.GetAsync(district, Cancellation)).OnePerson);
    }

    [Fact]
    [Trait("Requirement", "S-1")]
    public async Task Pattern_cannot_be_entered_against_a_roster_that_nobody_has_looked_at()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        await database.ExecuteAsync($"update gateway.roster_run set broad_patterns = null where district_id = {district}");

        Assert.Equal("roster.same_person_unchecked", Assert.Single((await database.Settings.ChangeAsync(district, new RosterSettingsCommand { SamePerson = "after:@" }, Cancellation)).Failures).Code);
        await database.ImportAsync(district, new MadeUpRoster(), dryRun: true);
        await database.SetAsync(district, new RosterSettingsCommand { SamePerson = "after:@" });
    }

    [Fact]
    [Trait("Requirement", "S-11")]
    public async Task District_that_has_accepted_it_goes_by_the_identifier_and_another_cannot()
    {
        var district = await database.AddDistrictAsync();
        await database.ExecuteAsync($"delete from gateway.policy_acceptance where district_id = {district} and version > 2");
        MadeUpRoster Roster()
        {
            var roster = new MadeUpRoster();
            foreach (var user in Users)
                roster.ReplaceIn("users", $"{user},", MadeUpRoster.Personal("number"), user is "student-1" or "student-4" ? "number-1" : $"number-{user}");
            return roster;
        }

        Assert.Equal("roster.same_person_not_accepted", Assert.Single((await database.Settings.ChangeAsync(district, new RosterSettingsCommand { SamePerson = "identifier" }, Cancellation)).Failures).Code);
        await database.ExecuteAsync($"insert into gateway.policy_acceptance (district_id, version, accepted_by, accepted_at) values ({district}, 3, 'A. Dult', now())");
        await database.SetAsync(district, new RosterSettingsCommand { SamePerson = "identifier" });
        await database.ImportAsync(district, Roster());

        Assert.Equal(7, await database.AskAsync<long>(Learners, district));
        Assert.Equal(await OfSisAsync(district, "student-1"), await OfSisAsync(district, "student-4"));
    }

    private static readonly string[] Users = [.. Enumerable.Range(1, 6).Select(n => $"student-{n}"), "teacher-1", "teacher-2", "guardian-1"];

    /// <summary>Gives each record a master identifier: the one that is named, or one of its own.</summary>
    private static MadeUpRoster Masters(MadeUpRoster roster, params (string User, string Master)[] masters)
    {
        foreach (var user in Users)
            Master(roster, user, masters.FirstOrDefault(one => one.User == user).Master ?? $"own-{user}");
        return roster;
    }

    private static MadeUpRoster Masters(MadeUpRoster roster, string all)
    {
        foreach (var user in Users)
            Master(roster, user, all);
        return roster;
    }

    private static MadeUpRoster Master(MadeUpRoster roster, string user, string value) => roster.ReplaceIn("users", $"{user},", MadeUpRoster.Personal("master"), value);

    private static string Text(RosterChangeCount change) => $"{change.Entity} {change.Kind} {change.Count}";

    private async Task<int> MatchingAsync()
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { SamePerson = "master-identifier" });
        return district;
    }

    private async Task PausedAsync(int district, MadeUpRoster roster)
    {
        using var folder = new TemporaryFolder();
        roster.WriteTo(folder.Path);
        await using var source = RosterConnections.OpenFiles(folder.Path).Source!;
        await database.Pipeline.RunAsync(new RosterRunRequest(district, RosterTrigger.Schedule, DryRun: false) { AdditionsOnly = true }, source, Cancellation);
    }

    private async Task<IReadOnlyList<Gateway.Privacy.AuditLine>> AuditAsync(int district) => [.. await new ListAudit(database.Gateway).RunAsync(district, 100, Cancellation)];

    private async Task<long> KnownAsync(int district, string sourcedId) => await database.AskAsync<long>(
        $"select count(*) from gateway.learner_identity where district_id = @d and kind = 2 and hash = '{await Launches.SisHashAsync(database, district, sourcedId)}'", district);

    private async Task<long> OfSisAsync(int district, string sourcedId) => await database.AskAsync<long>(
        $"select learner_id from gateway.learner_identity where district_id = @d and kind = 2 and hash = '{await Launches.SisHashAsync(database, district, sourcedId)}'", district);

    /// <summary>States by name: a public test cannot have an internal type among its parameters.</summary>
    public enum RosterRunStateName
    {
        Applied,
        Waiting,
    }
}
