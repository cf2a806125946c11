using Gateway.Rostering;

namespace Gateway.Tests.Rostering;

public sealed class RosterPipelineTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    [Fact]
    [Trait("Requirement", "R-3.1")]
    public async Task First_import_brings_in_schools_classes_learners_and_enrollments()
    {
        var district = await database.AddDistrictAsync();

        var outcome = await database.ImportAsync(district, new MadeUpRoster());

        Assert.Equal((RosterRunState.Applied, null), (outcome.State, outcome.Code));
        Assert.Equal(
            ["academicSessions 2", "classes 3", "courses 1", "enrollments 14", "orgs 3", "userRoles 9", "users 9"],
            outcome.Rows.Select(rows => $"{rows.Key} {rows.Value}"));
        Assert.Equal(
            ["class added 3", "enrollment added 14", "learner added 8", "school added 2", "term added 2"], outcome.Changes.Select(Text));
        Assert.Empty(outcome.Findings);
        Assert.Equal(6, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d and role = 'student' and on_roster", district));
        Assert.Equal(2, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d and role = 'teacher' and on_roster", district));
        Assert.Equal(14, await database.AskAsync<long>("select count(*) from gateway.enrollment where district_id = @d and ended_on is null", district));
        Assert.Equal(3, await database.AskAsync<long>("select count(*) from gateway.class where district_id = @d and cardinality(term_ids) = 1", district));
    }

    [Fact]
    [Trait("Requirement", "R-3.2")]
    public async Task Same_input_in_another_order_is_compared_changes_nothing_and_writes_no_row()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        var before = await database.PictureAsync(district);
        database.Clock.Advance(TimeSpan.FromDays(1));

        var outcome = await database.ImportAsync(district, new MadeUpRoster().Turn());

        Assert.Equal((RosterRunState.Applied, null), (outcome.State, outcome.SameAs));
        Assert.Empty(outcome.Changes);
        Assert.Equal(before, await database.PictureAsync(district));
    }

    [Fact]
    [Trait("Requirement", "R-3.8")]
    public async Task Added_changed_and_removed_students_are_one_change_each_way()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());

        var outcome = await database.ImportAsync(district, new MadeUpRoster()
            .Person("student-7", "student", "north").Enroll("student-7", "class-1")                       // added
            .Remove("enrollments", line => line.StartsWith("student-1-class-3", StringComparison.Ordinal)) // leaves a class
            .Remove("enrollments", line => line.StartsWith("student-2-", StringComparison.Ordinal))        // leaves all
            .Enroll("student-2", "class-1", begin: "2026-08-01", end: "2026-12-01")                        // …but one, with new dates
            .Remove("enrollments", line => line.StartsWith("student-3-", StringComparison.Ordinal)));      // leaves altogether

        Assert.Equal(
            ["enrollment added 1", "enrollment changed 1", "enrollment ended 4", "learner added 1", "learner ended 1"], outcome.Changes.Select(Text));
        Assert.Equal(1, await database.AskAsync<long>(
            $"select count(*) from gateway.learner where district_id = @d and not on_roster and roster_ended = '{TodayIn("America/New_York"):yyyy-MM-dd}'", district));
        Assert.Equal(4, await database.AskAsync<long>("select count(*) from gateway.enrollment where district_id = @d and ended_on is not null", district));
    }

    [Fact]
    [Trait("Requirement", "R-3.6")]
    public async Task Who_comes_back_is_the_same_learner()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        await database.ImportAsync(district, new MadeUpRoster().Replace("users", "student-1,,,true", "student-1,,,false"));
        Assert.Equal(7, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d and on_roster", district));

        var outcome = await database.ImportAsync(district, new MadeUpRoster());

        Assert.Equal(["enrollment changed 2", "learner changed 1"], outcome.Changes.Select(Text));
        Assert.Equal(8, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d and on_roster and roster_ended is null", district));
        Assert.Equal(8, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d", district));
        Assert.Equal(14, await database.AskAsync<long>("select count(*) from gateway.enrollment where district_id = @d and ended_on is null", district));
    }

    [Fact]
    [Trait("Requirement", "R-3.6")]
    public async Task What_is_absent_or_to_be_deleted_ends_on_the_day_in_the_districts_time_zone()
    {
        var district = await database.AddDistrictAsync("Pacific/Auckland");
        await database.ImportAsync(district, new MadeUpRoster());
        var expected = TodayIn("Pacific/Auckland");

        var outcome = await database.ImportAsync(district, new MadeUpRoster()
            .Remove("classes", line => line.StartsWith("class-3", StringComparison.Ordinal)).Class("class-3", "south", status: "tobedeleted"));

        Assert.Equal(["class ended 1", "enrollment ended 6"], outcome.Changes.Select(Text));
        Assert.Empty(outcome.Findings);
        Assert.Equal(expected, await database.AskAsync<DateOnly>("select ended_on from gateway.class where district_id = @d and ended_on is not null", district));
        Assert.Equal(6, await database.AskAsync<long>($"select count(*) from gateway.enrollment where district_id = @d and ended_on = '{expected:yyyy-MM-dd}'", district));
    }

    [Fact]
    public async Task A_term_that_moves_changes_its_classes()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());

        var outcome = await database.ImportAsync(district, new MadeUpRoster().Replace("academicSessions", "2027-01-16", "2027-01-23"));

        Assert.Equal(["class changed 3", "term changed 1"], outcome.Changes.Select(Text));
        Assert.Equal(new DateOnly(2027, 1, 23), await database.AskAsync<DateOnly>(
            "select ends_on from gateway.term where district_id = @d and kind = 'semester'", district));
    }

    [Fact]
    [Trait("Requirement", "R-2.3")]
    public async Task Broken_references_and_duplicates_drop_the_row_and_are_counted()
    {
        var district = await database.AddDistrictAsync();

        var outcome = await database.ImportAsync(district, new MadeUpRoster()
            .Class("class-a", "nowhere").Class("class-b", "north", course: "nothing").Class("class-c", "north", terms: "never")
            .Class("class-1", "north")
            .Enroll("student-1", "class-a").Enroll("nobody", "class-1").Enroll("student-1", "class-2", school: "nowhere")
            .Enroll("student-4", "class-2", begin: "2026-08-01")
            .Role("nobody", "student", "north").Role("student-1", "student", "nowhere")
            .Replace("orgs", "south,,,", "west,,,x,school,,nowhere\nsouth,,,"));

        Assert.Equal(RosterRunState.Applied, outcome.State);
        Assert.Equal(
            [
                "roster.class_course_unknown error classes.course 1",
                "roster.class_school_unknown error classes.school 1",
                "roster.class_term_unknown warning classes.terms 1",
                "roster.class_without_term error classes.terms 1",
                "roster.duplicate error classes.sourcedId 1",
                "roster.enrollment_class_unknown error enrollments.class 1",
                "roster.enrollment_repeated warning enrollments. 1",
                "roster.enrollment_school_unknown error enrollments.school 1",
                "roster.enrollment_user_unknown error enrollments.user 1",
                "roster.org_parent_unknown warning orgs.parent 1",
                "roster.role_org_unknown error userRoles.org 1",
                "roster.role_user_unknown error userRoles.user 1",
            ],
            outcome.Findings.Select(f => $"{f.Rule} {f.Severity} {f.Collection}.{f.Field} {f.Count}").Order(StringComparer.Ordinal));
        Assert.Equal(["class added 3", "enrollment added 14", "learner added 8", "school added 3", "term added 2"], outcome.Changes.Select(Text));
        Assert.Equal(12, await database.AskAsync<long>("select count(*) from gateway.roster_finding where district_id = @d", district));
    }

    [Fact]
    [Trait("Requirement", "R-3.1")]
    public async Task A_source_that_dies_half_way_changes_nothing_and_fails_the_run_with_its_code()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        var before = await database.PictureAsync(district);

        var outcome = await database.ImportAsync(district, new MadeUpRoster().Person("student-7", "student", "north").BreakOff("enrollments"));

        Assert.Equal((RosterRunState.Failed, "csv.quoting_broken"), (outcome.State, outcome.Code));
        Assert.Equal(before, await database.PictureAsync(district));
        Assert.Equal("failed csv.quoting_broken read", await database.AskAsync<string>(
            "select concat_ws(' ', state, code, phase) from gateway.roster_run where district_id = @d and finished_at is not null order by id desc limit 1", district));
    }

    [Theory]
    [InlineData("orgs")]
    [InlineData("users")]
    [InlineData("classes")]
    [InlineData("enrollments")]
    [Trait("Requirement", "R-3.3")]
    public async Task An_empty_collection_fails_the_run_of_a_district_that_has_no_roster(string collection)
    {
        var district = await database.AddDistrictAsync();
        var before = await database.PictureAsync(district);

        var outcome = await database.ImportAsync(district, new MadeUpRoster().Remove(collection, _ => true));

        Assert.Equal((RosterRunState.Failed, RosterCodes.CollectionEmpty), (outcome.State, outcome.Code));
        Assert.Contains(outcome.Findings, finding => finding.Rule == RosterCodes.CollectionEmpty && finding.Collection == collection);
        Assert.Equal(before, await database.PictureAsync(district));
    }

    [Fact]
    [Trait("Requirement", "R-3.4")]
    public async Task A_dry_run_gives_the_same_report_and_applies_nothing()
    {
        var district = await database.AddDistrictAsync();

        var dry = await database.ImportAsync(district, new MadeUpRoster(), dryRun: true);

        Assert.Equal(RosterRunState.Checked, dry.State);
        Assert.Equal(0, await database.AskAsync<long>(
            "select (select count(*) from gateway.learner where district_id = @d) + (select count(*) from gateway.change where district_id = @d)", district));
        var real = await database.ImportAsync(district, new MadeUpRoster());
        Assert.Equal(real.Changes, dry.Changes);
        Assert.Equal(real.Rows, dry.Rows);
        Assert.Equal(
            ["checked true", "applied false"],
            (await new RosterRuns(database.Gateway).ListAsync(district, 10, null, TestContext.Current.CancellationToken))
                .AsEnumerable().Reverse().Select(report => $"{report.Run.State} {(report.Run.DryRun ? "true" : "false")}"));
    }

    [Fact]
    [Trait("Requirement", "R-3.7")]
    public async Task The_role_with_the_least_privilege_wins_and_nobody_becomes_an_administrator()
    {
        var district = await database.AddDistrictAsync();

        var outcome = await database.ImportAsync(district, new MadeUpRoster()
            .Person("both-1", "teacher", "north").Role("both-1", "student", "south").Enroll("both-1", "class-1", "teacher")
            .Person("past-1", "teacher", "north").Role("past-1", "student", "south", "2010-08-01", "2015-07-01").Enroll("past-1", "class-1", "teacher")
            .Person("admin-1", "districtAdministrator", "north").Enroll("admin-1", "class-1", "administrator")
            .Person("aide-1", "aide", "north").Enroll("aide-1", "class-1", "proctor"));

        Assert.Contains("learner added 9", outcome.Changes.Select(Text)); // A student is no teacher of a class.
        Assert.Equal("teacher teacher", await RolesAsync("past-1"));

        async Task<string> RolesAsync(string person) => await database.AskAsync<string>($"""
            select l.role || ' ' || e.role from gateway.learner l join gateway.learner_identity i on i.learner_id = l.id
            join gateway.enrollment e on e.learner_id = l.id where i.district_id = @d and i.hash = '{await Launches.SisHashAsync(database, district, person)}'
            """, district);
    }

    [Fact]
    [Trait("Requirement", "R-3.8")]
    public async Task The_change_feed_has_no_gap_and_names_parents_first()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        await database.ImportAsync(district, new MadeUpRoster().Remove("enrollments", line => line.StartsWith("student-1-", StringComparison.Ordinal)));

        Assert.Equal("1 30 30 30", await database.AskAsync<string>("""
            select concat_ws(' ', min(sequence), max(sequence), count(*), (select last_sequence from gateway.feed_position where district_id = @d))
            from gateway.change where district_id = @d
            """, district));
        Assert.Equal("school class learner enrollment enrollment learner", await database.AskAsync<string>("""
            select string_agg(entity, ' ' order by sequence) from (
              select sequence, entity, lag(entity || kind) over (order by sequence) as before, entity || kind as this from gateway.change where district_id = @d) c
            where before is distinct from this
            """, district));
        Assert.Equal(2, await database.AskAsync<long>("""
            select count(*) from gateway.change c join gateway.class k on k.id = c.entity_id join gateway.learner l on l.id = c.other_id
            where c.district_id = @d and c.entity = 'enrollment' and c.kind = 'ended'
            """, district));
    }

    [Fact]
    [Trait("Requirement", "P-5.5")]
    public async Task Another_district_with_the_same_ids_is_untouched()
    {
        var one = await database.AddDistrictAsync();
        var other = await database.AddDistrictAsync();
        await database.ImportAsync(one, new MadeUpRoster());
        await database.ImportAsync(other, new MadeUpRoster());
        var before = await database.PictureAsync(other);

        await database.ImportAsync(one, new MadeUpRoster().Remove("enrollments", line => !line.StartsWith("student-6-", StringComparison.Ordinal)));

        Assert.Equal(before, await database.PictureAsync(other));
        Assert.Equal(1, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d and on_roster", one));
        Assert.Equal(0, await database.AskAsync<long>($"""
            select count(*) from gateway.learner_identity a join gateway.learner_identity b on a.hash = b.hash and a.district_id = {one} and b.district_id = {other}
            """));
    }

    private DateOnly TodayIn(string zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(database.Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);

    private static string Text(RosterChangeCount change) => $"{change.Entity} {change.Kind} {change.Count}";
}
