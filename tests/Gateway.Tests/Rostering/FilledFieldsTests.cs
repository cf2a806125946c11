using Gateway.Privacy;
using Gateway.Rostering;

namespace Gateway.Tests.Rostering;

/// <summary>A field that was just switched on comes to all rows in one night: nobody needs to approve that.</summary>
[Trait("Requirement", "R-3.3")]
[Trait("Requirement", "P-1.4")]
public sealed class FilledFieldsTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private static readonly SharedField[] Every = Enum.GetValues<SharedField>();

    [Theory]
    [InlineData(SharedField.Grades, "class changed 3, learner changed 12")]
    [InlineData(SharedField.ClassTitle, "class changed 3")]
    [InlineData(SharedField.School, "school changed 2")]
    [InlineData(SharedField.Subjects, "class changed 3")]
    public async Task A_field_that_was_switched_on_is_filled_in_without_an_approval_and_counted(object field, string changes)
    {
        var district = await WithoutFieldsAsync();
        await database.ShareAsync(district, (SharedField)field);

        var dry = await database.ImportAsync(district, Roster(), dryRun: true, approved: false);
        var outcome = await database.ImportAsync(district, Roster(), approved: false);

        Assert.Equal(RosterRunState.Applied, outcome.State);
        Assert.Equal(changes, string.Join(", ", outcome.Changes.Select(change => $"{change.Entity} {change.Kind} {change.Count}")));
        Assert.Equal(outcome.Changes, dry.Changes);
        Assert.Empty(dry.Comparison!.Reasons);
        Assert.Equal(outcome.Changes.Select(change => change.Count), outcome.Comparison!.Types.Where(type => type.Changed > 0).Select(type => type.Changed));
    }

    [Theory]
    [InlineData("titles", "class")]
    [InlineData("names", "school")]
    [InlineData("subjects", "class")]
    [InlineData("grades", "learner")]
    [InlineData("no grades", "learner")]
    [InlineData("no titles", "class")]
    public async Task Values_that_change_or_go_count_against_the_limit(string what, string entity)
    {
        var district = await database.AddDistrictAsync();
        await database.ShareAsync(district, Every);
        await database.ImportAsync(district, Roster());

        var outcome = await database.ImportAsync(district, Changed(what), approved: false);

        Assert.Equal(RosterRunState.Waiting, outcome.State);
        Assert.Equal([(RosterCodes.ChangesTooMuch, entity)], outcome.Comparison!.Reasons.Select(reason => (reason.Code, reason.Subject)));
    }

    [Theory]
    [InlineData("school")]
    [InlineData("term")]
    [InlineData("role")]
    public async Task Rows_that_change_otherwise_in_that_night_count(string what)
    {
        var district = await WithoutFieldsAsync();
        await database.ShareAsync(district, Every);
        var roster = what switch
        {
            "school" => Roster().Replace("classes", ",north,", ",south,").ReplaceIn("classes", "class-3,", ",south,", ",north,"),
            "term" => Roster().Replace("academicSessions", "2027-01-16", "2027-01-23"),
            _ => Roster().Replace("roles", ",student,", ",teacher,").Replace("enrollments", ",student,", ",teacher,"),
        };

        var outcome = await database.ImportAsync(district, roster, approved: false);

        Assert.Equal(RosterRunState.Waiting, outcome.State);
        Assert.Contains(outcome.Comparison!.Reasons, reason => reason.Code == RosterCodes.ChangesTooMuch && reason.Subject == (what == "role" ? "learner" : "class"));
    }

    [Fact]
    public async Task A_title_that_changes_counts_although_subjects_are_filled_in_beside_it()
    {
        var district = await database.AddDistrictAsync();
        await database.ShareAsync(district, SharedField.ClassTitle);
        await database.ImportAsync(district, Roster());
        await database.ShareAsync(district, SharedField.ClassTitle, SharedField.Subjects);

        var outcome = await database.ImportAsync(district, Changed("titles"), approved: false);

        Assert.Equal([(RosterCodes.ChangesTooMuch, "class")], outcome.Comparison!.Reasons.Select(reason => (reason.Code, reason.Subject)));
    }

    [Fact]
    [Trait("Requirement", "R-4.1")]
    public async Task After_a_pause_in_which_only_additions_were_taken_the_others_are_filled_in()
    {
        var district = await WithoutFieldsAsync();
        await database.ShareAsync(district, Every);
        MadeUpRoster More() => Roster().Person("new", "student", "north").Enroll("new", "class-1");
        using var folder = new TemporaryFolder();
        More().WriteTo(folder.Path);
        await using (var source = RosterConnections.OpenFiles(folder.Path).Source!)
        {
            await database.Pipeline.RunAsync(
                new RosterRunRequest(district, RosterTrigger.Schedule, DryRun: false) { AdditionsOnly = true }, source, TestContext.Current.CancellationToken);
        }

        Assert.Equal(["learner.grades"], await KeptFields.AnyAsync(database, district));
        Assert.Equal("none", await KeptFields.GradesOfAsync(database, district, "student-1"));

        Assert.Equal(RosterRunState.Applied, (await database.ImportAsync(district, More(), approved: false)).State);
        Assert.Equal(KeptFields.All, await KeptFields.AnyAsync(database, district));
        Assert.Equal("09", await KeptFields.GradesOfAsync(database, district, "student-1"));
    }

    private async Task<int> WithoutFieldsAsync()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, Roster());
        return district;
    }

    /// <summary>12 students and 2 teachers: more than three quarters are students.</summary>
    private static MadeUpRoster Roster()
    {
        var roster = new MadeUpRoster();
        for (var student = 7; student <= 12; student++)
            roster.Person($"student-{student}", "student", "north").Enroll($"student-{student}", "class-1");
        return roster;
    }

    private static MadeUpRoster Changed(string what) => what switch
    {
        "titles" => Roster().Replace("classes", MadeUpRoster.Personal("title"), "Other"),
        "names" => Roster().Replace("orgs", MadeUpRoster.Personal("name"), "Other"),
        "subjects" => Roster().Replace("classes", "Algebra", "Geometry"),
        "grades" => Roster().Replace("users", ",09,", ",10,"),
        "no grades" => Roster().Replace("users", ",09,", ",,"),
        _ => Roster().Replace("classes", MadeUpRoster.Personal("title"), ""),
    };
}
