using Gateway.Rostering;
using OneRoster.Csv;
using OneRoster.Model;

namespace Gateway.Tests.Rostering;

/// <summary>Nobody is taken for a teacher whom the roster does not call one.</summary>
[Trait("Requirement", "S-3")]
public sealed class LeastPrivilegeTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private const string Teaching = """
        select coalesce(string_agg(distinct l.role, ' '), 'nobody') || ' ' || count(e.*) from gateway.enrollment e join gateway.learner l on l.id = e.learner_id
        where e.district_id = @d and e.role = 'teacher' and e.ended_on is null
        """;

    [Fact]
    public async Task Students_place_as_a_teacher_is_dropped_and_the_student_stays_one()
    {
        var outcome = await ImportAsync(new MadeUpRoster().Enroll("student-1", "class-2", "teacher"));

        Assert.Equal(1, Unfit(outcome));
        Assert.Equal("teacher 2", await database.AskAsync<string>(Teaching, outcome.District));
        Assert.Equal(("student", 2), await OfAsync(outcome.District, "student-1"));
    }

    [Theory]
    [InlineData("nowhere", "teacher")] // The role's organisation is not there: the role is dropped.
    [InlineData("north", "aide")]
    [InlineData("north", "principal")]
    [InlineData(null, null)]
    public async Task User_without_a_role_as_a_teacher_who_teaches_is_not_taken_in(string? org, string? role)
    {
        var roster = new MadeUpRoster().User("helper").Enroll("helper", "class-1", "teacher");
        if (org is not null)
            roster.Role("helper", role!, org);

        var outcome = await ImportAsync(roster);

        Assert.Equal(1, Unfit(outcome));
        Assert.Equal("teacher 2", await database.AskAsync<string>(Teaching, outcome.District));
        Assert.Equal(8, await database.AskAsync<long>("select count(*) from gateway.learner where district_id = @d", outcome.District));
    }

    [Fact]
    public async Task User_without_a_role_who_is_taught_is_a_student()
    {
        var outcome = await ImportAsync(new MadeUpRoster().User("pupil").Enroll("pupil", "class-1"));

        Assert.Equal(("student", 1), await OfAsync(outcome.District, "pupil"));
    }

    [Fact]
    public async Task Teacher_with_other_roles_teaches_and_one_who_is_a_student_too_teaches_nowhere()
    {
        var outcome = await ImportAsync(new MadeUpRoster().Role("teacher-1", "aide", "south").Role("teacher-1", "teacher", "south").Role("teacher-2", "student", "south"));

        Assert.Equal("teacher 1", await database.AskAsync<string>(Teaching, outcome.District));
        Assert.Equal(("teacher", 1), await OfAsync(outcome.District, "teacher-1"));
        Assert.Equal(1, Unfit(outcome));
    }

    [Fact]
    public async Task Places_that_rosters_of_before_gave_to_students_end_with_the_next_one()
    {
        var outcome = await ImportAsync(new MadeUpRoster());
        await database.ExecuteAsync($"""
            insert into gateway.enrollment (district_id, class_id, learner_id, role)
            select district_id, min(id), (select min(id) from gateway.learner where district_id = {outcome.District} and role = 'student'), 'teacher' from gateway.class where district_id = {outcome.District} group by district_id
            """);

        await ImportAsync(new MadeUpRoster().Enroll("student-1", "class-2", "teacher"), outcome.District);

        Assert.Equal("teacher 2", await database.AskAsync<string>(Teaching, outcome.District));
    }

    [Theory]
    [InlineData("aide", "", false, 2)] // A file of roles names those that changed.
    [InlineData("teacher", "tobedeleted", false, 1)]
    [InlineData("aide", "", true, 1)] // A record with its roles names all of them.
    [InlineData("teacher", "", true, 2)]
    public async Task Changes_leave_a_teacher_whose_role_they_do_not_touch_and_end_one_whose_role_is_gone(string role, string status, bool withUsers, int teachers)
    {
        var (district, _) = await ImportAsync(new MadeUpRoster());
        var changes = new MadeUpRoster();
        foreach (var file in new[] { "academicSessions", "orgs", "courses", "classes", "users", "roles", "enrollments" })
            changes.Remove(file, _ => true);
        changes.User("teacher-1").Record("roles", "r", status, "teacher-1", "primary", role, "", "", "north");
        using var folder = new TemporaryFolder();
        changes.WriteTo(folder.Path);
        await using var source = new PartialSource(CsvRosterSource.Open(folder.Path, new CsvLimits()).Source!, _ => RosterExtent.Changes, withUsers);

        await database.Pipeline.RunAsync(
            new RosterRunRequest(district, RosterTrigger.Import, DryRun: false) { Approved = true }, source, TestContext.Current.CancellationToken);

        Assert.Equal($"teacher {teachers}", await database.AskAsync<string>(Teaching, district));
    }

    private async Task<(int District, IReadOnlyList<RosterFindingCount> Findings)> ImportAsync(MadeUpRoster roster, int? known = null)
    {
        var district = known ?? await database.AddDistrictAsync();
        return (district, (await database.ImportAsync(district, roster)).Findings);
    }

    private static long Unfit((int District, IReadOnlyList<RosterFindingCount> Findings) outcome) =>
        Assert.Single(outcome.Findings, finding => finding is { Rule: "roster.enrollment_teacher_unfit", Severity: "error" }).Count;

    private async Task<(string Role, long Places)> OfAsync(int district, string sourcedId)
    {
        var text = await database.AskAsync<string>($"""
            select l.role || ' ' || (select count(*) from gateway.enrollment e where e.learner_id = l.id and e.ended_on is null)
            from gateway.learner l join gateway.learner_identity i on i.learner_id = l.id
            where i.district_id = @d and i.kind = 2 and i.hash = '{await Launches.SisHashAsync(database, district, sourcedId)}'
            """, district);
        return (text.Split(' ')[0], long.Parse(text.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}
