using Gateway.Privacy;
using Gateway.Rostering;

namespace Gateway.Tests.Rostering;

/// <summary>What a run keeps of the fields that a district may switch on.</summary>
[Trait("Requirement", "P-1.4")]
public sealed class SharedFieldsTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private static readonly SharedField[] Every = Enum.GetValues<SharedField>();

    [Fact]
    public async Task Without_a_decision_of_the_district_nothing_is_kept()
    {
        var district = await database.AddDistrictAsync();

        await database.ImportAsync(district, new MadeUpRoster());

        Assert.Empty(await KeptFields.AnyAsync(database, district));
    }

    [Theory]
    [InlineData(SharedField.Role, "")]
    [InlineData(SharedField.TermDates, "")]
    [InlineData(SharedField.Grades, "class.grades learner.grades")]
    [InlineData(SharedField.ClassTitle, "class.title")]
    [InlineData(SharedField.School, "school.name")]
    [InlineData(SharedField.Subjects, "class.subjects")]
    [Trait("Requirement", "P-1.1")]
    public async Task Each_field_alone_keeps_what_belongs_to_it_and_nothing_else(object field, string kept)
    {
        var district = await database.AddDistrictAsync();
        await database.ShareAsync(district, (SharedField)field);

        Assert.Equal(RosterRunState.Applied, (await database.ImportAsync(district, new MadeUpRoster())).State);

        Assert.Equal(kept, string.Join(' ', await KeptFields.AnyAsync(database, district)));
    }

    [Fact]
    public async Task All_of_them_keep_the_five_columns_and_only_students_have_a_grade()
    {
        var district = await database.AddDistrictAsync();
        await database.ShareAsync(district, Every);

        await database.ImportAsync(district, new MadeUpRoster().ReplaceIn("classes", "class-1,", ",09,", ",\"10,09\","));

        Assert.Equal(KeptFields.All, await KeptFields.AnyAsync(database, district));
        Assert.Equal(("09", "none"), (await KeptFields.GradesOfAsync(database, district, "student-1"), await KeptFields.GradesOfAsync(database, district, "teacher-1")));
        Assert.Equal(
            $"{MadeUpRoster.Personal("title")} Algebra 09, {MadeUpRoster.Personal("title")} Algebra 09, {MadeUpRoster.Personal("title")} Algebra 10 09",
            await database.AskAsync<string>("""
                select string_agg(line, ', ' order by line) from (
                  select concat_ws(' ', title, array_to_string(subjects, ' '), array_to_string(grades, ' ')) as line from gateway.class where district_id = @d) c
                """, district));
        Assert.Equal(2, await database.AskAsync<long>($"select count(*) from gateway.school where district_id = @d and name = '{MadeUpRoster.Personal("name")}'", district));
    }

    [Fact]
    [Trait("Requirement", "R-3.5")]
    public async Task Grades_that_choose_who_comes_in_are_not_kept_for_it()
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { Grades = ["9"] });
        await database.ShareAsync(district, SharedField.ClassTitle, SharedField.School, SharedField.Subjects);

        await database.ImportAsync(district, new MadeUpRoster().ReplaceIn("users", "student-1,", ",09,", ",10,"));

        Assert.Equal(7, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d", district));
        Assert.Equal(["class.subjects", "class.title", "school.name"], await KeptFields.AnyAsync(database, district));
    }

    [Fact]
    [Trait("Requirement", "R-3.5")]
    public async Task Grades_may_choose_who_comes_in_and_be_kept()
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { Grades = ["9"] });
        await database.ShareAsync(district, SharedField.Grades);

        await database.ImportAsync(district, new MadeUpRoster().ReplaceIn("users", "student-1,", ",09,", ",10,").ReplaceIn("users", "student-2,", ",09,", ",Ninth grade,"));

        Assert.Equal(7, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d", district));
        Assert.Equal("Ninth grade", await KeptFields.GradesOfAsync(database, district, "student-2"));
    }

    [Fact]
    [Trait("Requirement", "R-3.7")]
    public async Task Several_records_of_one_person_give_all_grades_of_those_in_use_in_order()
    {
        var district = await database.AddDistrictAsync();
        await database.SetAsync(district, new RosterSettingsCommand { SamePerson = "after:@" });
        await database.ShareAsync(district, SharedField.Grades);
        MadeUpRoster Roster() => new MadeUpRoster()
            .Person("south@77", "student", "south").Enroll("south@77", "class-3")
            .Person("north@77", "student", "north").Enroll("north@77", "class-1")
            .Person("gone@77", "student", "north")
            .ReplaceIn("users", "south@77,", ",09,", ",11,").ReplaceIn("users", "north@77,", ",09,", ",\"11,10\",")
            .ReplaceIn("users", "gone@77,", ",09,", ",12,").ReplaceIn("users", "gone@77,", ",true,", ",false,");

        await database.ImportAsync(district, Roster());

        Assert.Equal("10 11", await KeptFields.GradesOfAsync(database, district, "south@77"));
        Assert.Empty((await database.ImportAsync(district, Roster().Turn())).Changes);
    }

    [Fact]
    [Trait("Requirement", "R-3.8")]
    public async Task A_changed_title_name_subject_or_grade_is_a_change_of_its_row()
    {
        var district = await database.AddDistrictAsync();
        await database.ShareAsync(district, Every);
        await database.ImportAsync(district, new MadeUpRoster());
        var before = await database.AskAsync<long>("select max(sequence) from gateway.change where district_id = @d", district);

        var outcome = await database.ImportAsync(district, new MadeUpRoster()
            .ReplaceIn("orgs", "north,", MadeUpRoster.Personal("name"), "North").ReplaceIn("classes", "class-1,", MadeUpRoster.Personal("title"), "Algebra 1")
            .ReplaceIn("classes", "class-2,", "Algebra", "Geometry").ReplaceIn("users", "student-3,", ",09,", ",10,").ReplaceIn("users", "teacher-1,", ",09,", ",10,"));

        Assert.Equal(["class changed 2", "learner changed 1", "school changed 1"], outcome.Changes.Select(Text));
        Assert.Equal("class changed, class changed, learner changed, school changed", await database.AskAsync<string>(
            $"select string_agg(entity || ' ' || kind, ', ' order by entity) from gateway.change where district_id = @d and sequence > {before}", district));
        Assert.Equal("10", await KeptFields.GradesOfAsync(database, district, "student-3"));
        Assert.Empty((await database.ImportAsync(district, new MadeUpRoster()
            .ReplaceIn("orgs", "north,", MadeUpRoster.Personal("name"), "North").ReplaceIn("classes", "class-1,", MadeUpRoster.Personal("title"), "Algebra 1")
            .ReplaceIn("classes", "class-2,", "Algebra", "Geometry").ReplaceIn("users", "student-3,", ",09,", ",10,").Turn())).Changes);
    }

    [Fact]
    public async Task What_was_switched_off_is_null_after_the_next_run()
    {
        var district = await database.AddDistrictAsync();
        await database.ShareAsync(district, Every);
        await database.ImportAsync(district, new MadeUpRoster());
        await database.ShareAsync(district, SharedField.Role);

        await database.ImportAsync(district, new MadeUpRoster());

        Assert.Empty(await KeptFields.AnyAsync(database, district));
    }

    [Fact]
    public async Task A_student_who_becomes_a_teacher_has_no_grade_any_more()
    {
        var district = await database.AddDistrictAsync();
        await database.ShareAsync(district, SharedField.Grades);
        await database.ImportAsync(district, new MadeUpRoster());

        await database.ImportAsync(district, new MadeUpRoster()
            .ReplaceIn("roles", "role-student-1-", ",student,", ",teacher,").ReplaceIn("enrollments", "student-1-", ",student,", ",teacher,"));

        Assert.Equal("none", await KeptFields.GradesOfAsync(database, district, "student-1"));
    }

    [Fact]
    [Trait("Requirement", "P-1.1")]
    public async Task Switched_off_nothing_planted_is_in_any_table_and_switched_on_only_in_the_columns_of_classes_and_schools()
    {
        await using var own = new RosterDatabase(); // No other test writes to it.
        await own.InitializeAsync();
        var (off, on) = (await own.AddDistrictAsync(), await own.AddDistrictAsync());
        await own.ImportAsync(off, new MadeUpRoster(), approved: false);
        await own.ImportAsync(off, new MadeUpRoster().Remove("enrollments", line => line.StartsWith("student-", StringComparison.Ordinal)), approved: false);
        Assert.DoesNotContain(MadeUpRoster.Plant, await Dump.EverythingAsync(own), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Algebra", await Dump.EverythingAsync(own), StringComparison.OrdinalIgnoreCase);

        await own.ShareAsync(on, Every);
        await own.ImportAsync(on, new MadeUpRoster().ReplaceIn("users", "teacher-1,", ",09,", ",Teaching,"));
        await own.ImportAsync(on, new MadeUpRoster().Remove("classes", line => line.StartsWith("class-1", StringComparison.Ordinal)), dryRun: true, approved: false);
        await own.ExecuteAsync("update gateway.school set name = null; update gateway.class set title = null, subjects = null");

        var rest = await Dump.EverythingAsync(own);
        foreach (var planted in new[] { MadeUpRoster.Plant, "Algebra", "Teaching" })
            Assert.DoesNotContain(planted, rest, StringComparison.OrdinalIgnoreCase);
    }

    private static string Text(RosterChangeCount change) => $"{change.Entity} {change.Kind} {change.Count}";
}
