using System.Globalization;
using Gateway.Rostering;

namespace Gateway.Tests.Rostering;

/// <summary>Where the safety stop begins, and what it lets pass because the calendar did it.</summary>
[Trait("Requirement", "R-3.3")]
public sealed class SafetyLimitsTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    [Theory]
    [InlineData(10, "")] // Of 100 people 10 %, of 106 enrollments 9.4 %.
    [InlineData(11, "roster.removes_too_much learner 11, roster.removes_too_much enrollment 10.38")]
    public async Task Exactly_a_tenth_removed_goes_through_and_one_more_waits(int leave, string reasons)
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, With(students: 92));

        var outcome = await database.ImportAsync(district, With(students: 92 - leave), approved: false);

        Assert.Equal(reasons, Reasons(outcome));
        Assert.Equal(reasons.Length > 0 ? RosterRunState.Waiting : RosterRunState.Applied, outcome.State);
    }

    [Theory]
    [InlineData(75, "")] // Of 100 enrollments.
    [InlineData(76, "roster.changes_too_much enrollment 76")]
    public async Task Exactly_three_quarters_changed_go_through_and_one_more_waits(int move, string reasons)
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, With(students: 86));

        var outcome = await database.ImportAsync(district, With(students: 86, moved: move), approved: false);

        Assert.Equal(reasons, Reasons(outcome));
        Assert.Equal(reasons.Length > 0 ? RosterRunState.Waiting : RosterRunState.Applied, outcome.State);
    }

    [Fact]
    public async Task Who_leaves_with_the_classes_of_a_past_term_needs_no_approval_and_who_leaves_another_class_too_does()
    {
        MadeUpRoster Roster(bool others = true)
        {
            var roster = Short(new MadeUpRoster());
            for (var student = 0; student < 8; student++)
            {
                roster.Person($"short-{student}", "student", "north").Enroll($"short-{student}", "class-short");
                if (student < 4 && others)
                    roster.Enroll($"short-{student}", "class-1");
            }

            return roster;
        }

        var (one, other) = (await database.AddDistrictAsync(), await database.AddDistrictAsync());
        foreach (var district in new[] { one, other })
        {
            await database.SetAsync(district, new RosterSettingsCommand { CurrentTerms = "0" });
            await database.ImportAsync(district, Roster());
        }

        database.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal("", Reasons(await database.ImportAsync(one, Roster(), approved: false)));
        Assert.Equal(12, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d and on_roster", one));
        Assert.Equal(
            "roster.removes_too_much learner 25, roster.removes_too_much enrollment 15.38",
            Reasons(await database.ImportAsync(other, Roster(others: false), approved: false)));
        database.Clock.Advance(TimeSpan.FromDays(-2));
    }

    [Theory]
    [InlineData("2025-08-01", "2026-09-01", "")]
    [InlineData("2026-08-01", "2026-10-05", "")] // End dates are exclusive.
    [InlineData("2026-08-01", "2026-10-06", "roster.term_emptied term ")]
    public async Task A_term_that_is_over_may_lose_its_classes(string starts, string ends, string reasons)
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { RemovedPercent = 100 });
        MadeUpRoster Roster() => Term(new MadeUpRoster(), "old", starts, ends);
        await database.ImportAsync(district, Roster().Class("class-old", "north", terms: "old"));

        Assert.Equal(reasons, Reasons(await database.ImportAsync(district, Roster(), approved: false)));
    }

    [Theory]
    [InlineData("2027-01-16", "2027-07-01", true, false, "")] // Not begun.
    [InlineData("2026-02-01", "2026-07-01", true, false, "")] // Over.
    [InlineData("2026-10-01", "2027-01-16", false, false, "")] // No class goes.
    [InlineData("2026-10-01", "2027-01-16", true, true, "")] // Another new term has the classes.
    [InlineData("2026-10-05", "2027-01-16", true, false, "roster.term_emptied term ")]
    public async Task A_new_term_without_classes_waits_only_when_it_is_the_one_that_should_have_them(
        string starts, string ends, bool classGoes, bool otherHasClasses, string reasons)
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { RemovedPercent = 100 });
        await database.ImportAsync(district, new MadeUpRoster().Class("class-8", "north"));
        var next = Term(new MadeUpRoster(), "next", starts, ends);
        if (!classGoes)
            next.Class("class-8", "north");
        if (otherHasClasses)
            Term(next, "other", starts, ends).Class("class-9", "north", terms: "other");

        Assert.Equal(reasons, Reasons(await database.ImportAsync(district, next, approved: false)));
    }

    [Fact]
    public async Task A_term_to_come_that_the_district_no_longer_takes_in_early_is_not_called_emptied()
    {
        var district = await database.AddDistrictAsync();
        MadeUpRoster Roster() => Term(new MadeUpRoster(), "spring", "2027-01-16", "2027-07-01").Class("class-spring", "north", terms: "spring");
        await database.ImportAsync(district, Roster());
        await database.SetAsync(district, new RosterSettingsCommand { CurrentTerms = "0" });

        var outcome = await database.ImportAsync(district, Roster(), approved: false);

        Assert.Equal("", Reasons(outcome));
        Assert.Equal(3, await database.AskAsync<long>("select count(*) from gateway.class where district_id = @d and ended_on is null", district));
    }

    [Fact]
    [Trait("Requirement", "R-4.1")]
    public async Task In_a_pause_window_nothing_that_is_there_changes_in_any_way()
    {
        var district = await database.AddDistrictAsync();
        MadeUpRoster Roster() => Term(new MadeUpRoster(), "spring", "2027-01-16", "2027-07-01")
            .Record("orgs", "west", "", "x", "school", "", "district").Class("class-west", "west");
        await database.ImportAsync(district, Roster());
        var before = await database.PictureAsync(district);
        var fed = await database.AskAsync<long>("select last_sequence from gateway.feed_position where district_id = @d", district);
        using var folder = new TemporaryFolder();
        Roster()
            .Person("new", "student", "north").Enroll("new", "class-1")
            .Remove("orgs", line => line.StartsWith("west,", StringComparison.Ordinal))
            .Remove("academicSessions", line => line.StartsWith("spring,", StringComparison.Ordinal))
            .Remove("enrollments", line => line.StartsWith("student-2-", StringComparison.Ordinal))
            .Replace("academicSessions", "2027-01-16", "2027-01-23")
            .ReplaceIn("classes", "class-2,", "scheduled", "homeroom")
            .ReplaceIn("enrollments", "student-3-", ",student,,,", ",student,,2026-09-09,")
            .Role("teacher-1", "student", "north")
            .WriteTo(folder.Path);
        await using var source = RosterConnections.OpenFiles(folder.Path).Source!;

        var outcome = await database.Pipeline.RunAsync(
            new RosterRunRequest(district, RosterTrigger.Schedule, DryRun: false) { AdditionsOnly = true }, source, TestContext.Current.CancellationToken);

        Assert.Equal(["enrollment added 1", "learner added 1"], outcome.Changes.Select(change => $"{change.Entity} {change.Kind} {change.Count}").Order(StringComparer.Ordinal));
        var after = await database.PictureAsync(district);
        Assert.Single(before.Split('\n').Except(after.Split('\n'))); // The feed's position.
        Assert.Equal("learner added, enrollment added", await database.AskAsync<string>(
            $"select string_agg(entity || ' ' || kind, ', ' order by sequence) from gateway.change where district_id = @d and sequence > {fed}", district));
    }

    [Fact]
    [Trait("Requirement", "R-4.1")]
    public async Task Who_comes_back_in_a_pause_window_is_added_and_each_return_is_in_the_feed_once()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        await database.ImportAsync(district, new MadeUpRoster().Remove("enrollments", line => line.StartsWith("student-1-", StringComparison.Ordinal)));
        using var folder = new TemporaryFolder();
        new MadeUpRoster().WriteTo(folder.Path);
        await using var source = RosterConnections.OpenFiles(folder.Path).Source!;

        var outcome = await database.Pipeline.RunAsync(
            new RosterRunRequest(district, RosterTrigger.Schedule, DryRun: false) { AdditionsOnly = true }, source, TestContext.Current.CancellationToken);

        var enrollments = Assert.Single(outcome.Comparison!.Types, type => type.Entity == "enrollment");
        Assert.Equal((12, 2, 14), (enrollments.Before, enrollments.Added, enrollments.After));
        Assert.Equal("33 33 33", await database.AskAsync<string>(
            "select concat_ws(' ', max(sequence), count(*), (select last_sequence from gateway.feed_position where district_id = @d)) from gateway.change where district_id = @d", district));
    }

    /// <summary>So many students more than the made-up roster's, the first of them with another day on which they began.</summary>
    private static MadeUpRoster With(int students, int moved = 0)
    {
        var roster = new MadeUpRoster();
        for (var student = 0; student < students; student++)
            roster.Person($"extra-{student}", "student", "north").Enroll($"extra-{student}", $"class-{1 + (student % 2)}", begin: student < moved ? "2026-09-09" : "");
        return roster;
    }

    private static MadeUpRoster Term(MadeUpRoster roster, string id, string starts, string ends) =>
        roster.Record("academicSessions", id, "", "x", "semester", starts, ends, "", "2027");

    private static MadeUpRoster Short(MadeUpRoster roster) => Term(roster, "short", "2026-09-01", "2026-10-06").Class("class-short", "north", terms: "short");

    private static string Reasons(RosterRunOutcome outcome) => string.Join(
        ", ", outcome.Comparison!.Reasons.Select(reason => string.Create(CultureInfo.InvariantCulture, $"{reason.Code} {reason.Subject} {reason.Percent:0.##}")));
}
