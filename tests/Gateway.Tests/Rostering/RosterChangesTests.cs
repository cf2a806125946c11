using Gateway.Rostering;
using OneRoster.Csv;
using OneRoster.Model;

namespace Gateway.Tests.Rostering;

[Trait("Requirement", "R-1.6")]
public sealed class RosterChangesTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private const string Live = "select count(*) from gateway.enrollment where district_id = @d and ended_on is null";

    [Fact]
    public async Task What_is_not_among_the_changes_stays()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        var before = await database.PictureAsync(district);

        var outcome = await ApplyAsync(district, MadeUpRoster.Nothing());

        Assert.Equal(RosterRunState.Applied, outcome.State);
        Assert.Empty(outcome.Changes);
        Assert.Empty(outcome.Findings);
        Assert.Equal(before, await database.PictureAsync(district));
    }

    [Fact]
    public async Task Added_changed_and_deleted_rows_are_applied_and_nothing_else()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());

        var outcome = await ApplyAsync(district, MadeUpRoster.Nothing()
            .Person("student-7", "student", "north").Enroll("student-7", "class-1")             // new
            .Record("enrollments", "e", "", "class-1", "north", "student-1", "student", "", "2026-09-01") // new dates
            .Record("enrollments", "f", "tobedeleted", "class-3", "north", "student-2", "student")       // leaves a class
            .User("student-4", status: "tobedeleted")                                                       // leaves
            .Class("class-2", "north", status: "tobedeleted"));                                              // ends, with its enrollments

        Assert.Empty(outcome.Findings);
        Assert.Equal(
            ["class ended 1", "enrollment added 1", "enrollment changed 1", "enrollment ended 6", "learner added 1", "learner ended 2"],
            outcome.Changes.Select(change => $"{change.Entity} {change.Kind} {change.Count}"));
    }

    [Fact]
    public async Task A_person_who_had_no_class_comes_in_with_the_first_one()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster().Person("idle", "student", "north"));
        Assert.Equal(8, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d", district));

        var outcome = await ApplyAsync(district, MadeUpRoster.Nothing().Enroll("idle", "class-1"));

        Assert.Equal(["enrollment added 1", "learner added 1"], outcome.Changes.Select(change => $"{change.Entity} {change.Kind} {change.Count}"));
    }

    [Fact]
    public async Task What_has_ended_does_not_come_back_with_changes_that_do_not_name_it()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, WithMore());
        await database.ImportAsync(district, new MadeUpRoster().Remove(
            "enrollments", line => line.StartsWith("student-1-", StringComparison.Ordinal) || line.StartsWith("student-2-class-3", StringComparison.Ordinal)));
        var before = await database.PictureAsync(district);

        var outcome = await ApplyAsync(district, MadeUpRoster.Nothing());

        Assert.Empty(outcome.Changes);
        Assert.Equal(before, await database.PictureAsync(district));
    }

    [Fact]
    public async Task A_school_and_a_term_that_are_deleted_end()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, WithMore());

        var outcome = await ApplyAsync(district, MadeUpRoster.Nothing()
            .Record("orgs", "west", "tobedeleted", "x", "school", "", "district")
            .Record("academicSessions", "spring", "tobedeleted", "x", "semester", "2027-01-16", "2027-07-01", "", "2027")
            .Class("class-west", "west", terms: "spring", status: "tobedeleted"));

        Assert.Equal(["class ended 1", "school ended 1", "term ended 1"], outcome.Changes.Select(change => $"{change.Entity} {change.Kind} {change.Count}"));
    }

    [Fact]
    [Trait("Requirement", "R-3.5")]
    public async Task Where_grades_are_chosen_whoever_is_in_stays_and_nobody_comes_in_whose_grade_is_not_told()
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { Grades = ["9"] });
        await database.ImportAsync(district, new MadeUpRoster().Person("idle", "student", "north"));

        Assert.Empty((await ApplyAsync(district, MadeUpRoster.Nothing())).Changes);
        Assert.Empty((await ApplyAsync(district, MadeUpRoster.Nothing().Enroll("idle", "class-1"))).Changes);
    }

    [Fact]
    [Trait("Requirement", "R-3.7")]
    public async Task A_student_who_teaches_in_a_class_stays_a_student()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster().Person("both-1", "teacher", "north").Role("both-1", "student", "south").Enroll("both-1", "class-1", "teacher"));

        Assert.Empty((await ApplyAsync(district, MadeUpRoster.Nothing())).Changes);
    }

    [Fact]
    public async Task A_role_in_a_class_that_changes_replaces_the_old_one()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());

        await ApplyAsync(district, MadeUpRoster.Nothing().Record("enrollments", "e", "", "class-1", "north", "teacher-1", "student"));

        Assert.Equal(14, await database.AskAsync<long>(Live, district));
        Assert.Equal(1, await database.AskAsync<long>("select count(*) from gateway.enrollment where district_id = @d and role = 'teacher' and ended_on is null", district));
    }

    [Fact]
    public async Task A_file_that_is_absent_leaves_its_collection_as_it_is_and_one_in_bulk_is_the_whole()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());

        var outcome = await ApplyAsync(
            district, new MadeUpRoster().Remove("enrollments", line => line.StartsWith("student-1-", StringComparison.Ordinal)),
            collection => collection == RosterCollection.Enrollments ? RosterExtent.Full : RosterExtent.Absent);

        Assert.Equal(["enrollment ended 2", "learner ended 1"], outcome.Changes.Select(change => $"{change.Entity} {change.Kind} {change.Count}"));
    }

    [Fact]
    [Trait("Requirement", "R-3.3")]
    public async Task Changes_that_remove_too_much_wait_and_are_applied_when_approved()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());

        var outcome = await ApplyAsync(district, MadeUpRoster.Nothing().User("student-1", status: "tobedeleted"), approved: false);
        Assert.Equal(RosterRunState.Waiting, outcome.State);
        Assert.Equal(14, await database.AskAsync<long>(Live, district));

        Assert.Equal(RosterRunState.Applied, (await database.ApproveAsync(district)).State);
        Assert.Equal(12, await database.AskAsync<long>(Live, district));
    }

    [Fact]
    public async Task Changes_of_a_district_without_a_roster_are_refused()
    {
        var district = await database.AddDistrictAsync();

        var outcome = await ApplyAsync(district, MadeUpRoster.Nothing().Enroll("student-1", "class-1"));

        Assert.Equal((RosterRunState.Failed, RosterCodes.CollectionEmpty), (outcome.State, outcome.Code));
    }

    /// <summary>With a school, a term and a class of their own.</summary>
    private static MadeUpRoster WithMore() => new MadeUpRoster()
        .Record("orgs", "west", "", "x", "school", "", "district")
        .Record("academicSessions", "spring", "", "x", "semester", "2027-01-16", "2027-07-01", "", "2027")
        .Class("class-west", "west", terms: "spring");

    private async Task<RosterRunOutcome> ApplyAsync(
        int district, MadeUpRoster roster, Func<RosterCollection, RosterExtent>? extentOf = null, bool approved = true)
    {
        using var folder = new TemporaryFolder();
        roster.WriteTo(folder.Path);
        await using var source = new PartialSource(CsvRosterSource.Open(folder.Path, new CsvLimits()).Source!, extentOf ?? (_ => RosterExtent.Changes));
        return await database.Pipeline.RunAsync(
            new RosterRunRequest(district, RosterTrigger.Import, DryRun: false) { Approved = approved }, source, TestContext.Current.CancellationToken);
    }
}
