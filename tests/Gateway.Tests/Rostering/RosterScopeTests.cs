using Gateway.Privacy.Rosters;
using Gateway.Rostering;

namespace Gateway.Tests.Rostering;

[Trait("Requirement", "R-3.5")]
public sealed class RosterScopeTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private const string Classes = "select count(*) from gateway.class where district_id = @d and ended_on is null";
    private const string People = "select count(*) from gateway.learner where district_id = @d and on_roster";

    [Fact]
    public async Task Only_the_chosen_schools_come_in_and_people_without_a_class_in_them_stay_out()
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { Schools = ["south"] });

        var outcome = await database.ImportAsync(district, new MadeUpRoster(), approved: false);

        Assert.Equal(RosterRunState.Applied, outcome.State);
        Assert.Empty(outcome.Findings);
        Assert.Equal(1, await database.AskAsync<long>(Classes, district));
        Assert.Equal(1, await database.AskAsync<long>("select count(*) from gateway.school where district_id = @d", district));
        Assert.Equal(6, await database.AskAsync<long>(People, district)); // Both teachers teach in the north.
        Assert.Equal(2, outcome.LeftOut["classes"]);
    }

    [Theory]
    [InlineData("9", 5)] // Three students and the two teachers, who have a grade in this roster that nobody looks at.
    [InlineData("Tenth grade", 5)]
    [InlineData("KG", 2)]
    public async Task Only_students_of_the_chosen_grades_come_in_and_no_grade_is_kept(string grade, long people)
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { Grades = [grade] });
        var roster = new MadeUpRoster();
        for (var student = 1; student <= 3; student++)
            roster.ReplaceIn("users", $"student-{student},", ",09,", ",Grade 10,");

        await database.ImportAsync(district, roster, approved: false);

        Assert.Equal(people, await database.AskAsync<long>(People, district));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d and grades is not null", district));
    }

    [Fact]
    public async Task Whoever_is_a_student_by_role_or_by_a_class_needs_a_chosen_grade()
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { Grades = ["10"] });

        await database.ImportAsync(district, new MadeUpRoster()
            .Person("assistant", "student", "north").Enroll("assistant", "class-1", "teacher")
            .User("roleless").Enroll("roleless", "class-1"), approved: false);

        Assert.Equal(2, await database.AskAsync<long>(People, district)); // The teachers.
    }

    [Fact]
    public async Task Only_the_chosen_class_types_come_in()
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { ClassTypes = ["homeroom"] });

        await database.ImportAsync(district, new MadeUpRoster().ReplaceIn("classes", "class-3,", "scheduled", "homeroom"), approved: false);

        Assert.Equal(1, await database.AskAsync<long>(Classes, district));
    }

    [Theory]
    [InlineData("0", 3)] // Fall only.
    [InlineData("120", 4)] // Spring begins in 103 days.
    [InlineData("all", 5)]
    public async Task Only_classes_of_current_terms_come_in(string days, long classes)
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { CurrentTerms = days });

        await database.ImportAsync(district, new MadeUpRoster()
            .Record("academicSessions", "spring", "", "x", "semester", "2027-01-16", "2027-07-01", "", "2027")
            .Record("academicSessions", "old", "", "x", "semester", "2025-08-01", "2026-01-16", "", "2026")
            .Class("class-spring", "north", terms: "spring").Class("class-old", "north", terms: "old"), approved: false);

        Assert.Equal(classes, await database.AskAsync<long>(Classes, district));
    }

    [Theory]
    [InlineData("0", "2026-10-05", "2026-12-01", true)] // Today is the first day.
    [InlineData("0", "2026-10-06", "2026-12-01", false)]
    [InlineData("0", "2026-09-01", "2026-10-06", true)] // Today is the last day: end dates are exclusive.
    [InlineData("0", "2026-09-01", "2026-10-05", false)]
    [InlineData("7", "2026-10-12", "2026-12-01", true)]
    [InlineData("7", "2026-10-13", "2026-12-01", false)]
    [InlineData("7", "2026-09-01", "2026-09-29", true)]
    [InlineData("7", "2026-09-01", "2026-09-28", false)]
    public async Task A_term_is_current_from_its_first_day_to_its_last_and_by_the_margin_longer(string days, string starts, string ends, bool current)
    {
        database.Clock.Advance(new DateTimeOffset(2026, 10, 5, 12, 0, 0, TimeSpan.Zero) - database.Clock.GetUtcNow());
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { CurrentTerms = days });

        await database.ImportAsync(district, new MadeUpRoster()
            .Record("academicSessions", "short", "", "x", "term", starts, ends, "", "2027").Class("class-short", "north", terms: "short"), approved: false);

        Assert.Equal(current ? 4 : 3, await database.AskAsync<long>(Classes, district));
    }

    [Fact]
    [Trait("Requirement", "R-3.3")]
    public async Task Classes_that_end_with_their_term_need_no_approval()
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { CurrentTerms = "0" });
        MadeUpRoster Roster() => new MadeUpRoster()
            .Record("academicSessions", "short", "", "x", "term", "2026-09-01", "2026-10-06", "", "2027").Class("class-short", "north", terms: "short").Enroll("student-1", "class-short");
        await database.ImportAsync(district, Roster());
        Assert.Equal(4, await database.AskAsync<long>(Classes, district));
        database.Clock.Advance(TimeSpan.FromDays(2));

        var outcome = await database.ImportAsync(district, Roster(), approved: false);

        Assert.Equal(RosterRunState.Applied, outcome.State);
        Assert.Equal(3, await database.AskAsync<long>(Classes, district));
    }

    [Fact]
    public async Task A_school_that_is_no_longer_chosen_is_a_removal_to_approve()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        await database.SetAsync(district, new RosterSettingsCommand { Schools = ["south"] });

        Assert.Equal(RosterRunState.Waiting, (await database.ImportAsync(district, new MadeUpRoster(), approved: false)).State);
    }

    [Fact]
    public async Task Every_wrong_setting_is_named_at_once_and_nothing_is_stored()
    {
        var district = await database.AddDistrictAsync();

        var outcome = await database.Settings.ChangeAsync(district, new RosterSettingsCommand
        {
            RemovedPercent = 101,
            ChangedPercent = -1,
            Schools = [""],
            Grades = [" "],
            ClassTypes = ["lecture"],
            CurrentTerms = "soon",
            SamePerson = "after",
        }, TestContext.Current.CancellationToken);

        Assert.Equal(
            ["roster.percent_invalid", "roster.percent_invalid", "roster.school_invalid", "roster.grade_invalid", "roster.class_type_invalid", "roster.term_margin_invalid", "roster.same_person_invalid"],
            outcome.Failures.Select(failure => failure.Code));
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.roster_policy where district_id = @d", district));
    }

    [Fact]
    public async Task What_a_change_leaves_out_stays_and_all_takes_everything_in_again()
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { Schools = ["south"], RemovedPercent = 20, Grades = ["09", "Tenth grade"], SamePerson = "after:-" });
        await database.SetAsync(district, new RosterSettingsCommand { Schools = ["all"], ChangedPercent = 30 });

        var settings = await database.Settings.GetAsync(district, TestContext.Current.CancellationToken);

        Assert.Equal((20m, 30m, null), (settings.RemovedPercent, settings.ChangedPercent, settings.Schools));
        Assert.Equal(["9", "10"], settings.Grades!);
        Assert.Equal("after:-", settings.SamePerson.ToString());
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.roster_policy where district_id = @d and schools is not null", district));
    }

    [Theory]
    [InlineData("09", "9")]
    [InlineData("Ninth grade", "9")]
    [InlineData("Grade 9", "9")]
    [InlineData("9th", "9")]
    [InlineData("kindergarten", "KG")]
    [InlineData("K", "KG")]
    [InlineData("PK", "PK")]
    [InlineData("00", "00")]
    public void A_grade_has_one_code_however_it_is_written(string grade, string code) => Assert.Equal(code, ChosenGrades.CodeOf(grade));
}
