using Gateway.Rostering;

namespace Gateway.Tests.Rostering;

public sealed class RepeatedEnrollmentsTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private const string Live = "select count(*) from gateway.enrollment where district_id = @d and ended_on is null";

    [Theory]
    [InlineData("known", "student-1", "class-1")]
    [InlineData("new", "student-1", "class-2")]
    [Trait("Requirement", "R-2.2")]
    public async Task Rows_that_begin_to_repeat_on_a_later_night_are_one_enrollment_from_the_first_day_to_the_last(string which, string student, string @class)
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        var repeated = new MadeUpRoster()
            .Remove("enrollments", line => line.StartsWith($"{student}-{@class}-", StringComparison.Ordinal))
            .Enroll(student, @class, begin: "2026-08-01", end: "2026-09-01")
            .Enroll(student, @class, begin: "2026-10-01", end: "2026-12-01");

        var outcome = await database.ImportAsync(district, repeated);

        Assert.Equal([$"enrollment {(which == "new" ? "added" : "changed")} 1"], outcome.Changes.Select(Text));
        Assert.Equal([("roster.enrollment_repeated", 1L)], outcome.Findings.Select(finding => (finding.Rule, finding.Count)));
        Assert.Equal(which == "new" ? 15 : 14, await database.AskAsync<long>(Live, district));
        Assert.Equal(1, await database.AskAsync<long>(
            "select count(*) from gateway.enrollment where district_id = @d and starts_on = '2026-08-01' and ends_on = '2026-12-01' and ended_on is null", district));

        // The next nights know that rows repeat, and then that they do not.
        Assert.Empty((await database.ImportAsync(district, repeated)).Changes);
        var single = await database.ImportAsync(district, new MadeUpRoster());
        Assert.Empty(single.Findings);
        Assert.Equal(14, await database.AskAsync<long>(Live, district));
        Assert.Empty((await database.ImportAsync(district, new MadeUpRoster())).Changes);
    }

    [Fact]
    public async Task Rows_that_repeat_an_enrollment_that_comes_back_are_one()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());
        await database.ImportAsync(district, new MadeUpRoster().Remove("enrollments", line => line.StartsWith("student-1-class-1", StringComparison.Ordinal)));

        var outcome = await database.ImportAsync(district, new MadeUpRoster().Enroll("student-1", "class-1", begin: "2026-08-01"));

        Assert.Equal(RosterRunState.Applied, outcome.State);
        Assert.Equal([("roster.enrollment_repeated", 1L)], outcome.Findings.Select(finding => (finding.Rule, finding.Count)));
        Assert.Equal(14, await database.AskAsync<long>(Live, district));
    }

    [Fact]
    public async Task As_many_rows_that_end_as_rows_that_repeat_do_not_hide_each_other()
    {
        var district = await database.AddDistrictAsync();
        await database.ImportAsync(district, new MadeUpRoster());

        var outcome = await database.ImportAsync(district, new MadeUpRoster()
            .Remove("enrollments", line => line.StartsWith("student-1-class-3", StringComparison.Ordinal))
            .Enroll("student-2", "class-1", begin: "2026-08-01"));

        Assert.Equal(["enrollment ended 1"], outcome.Changes.Select(Text));
        Assert.Equal([("roster.enrollment_repeated", 1L)], outcome.Findings.Select(finding => (finding.Rule, finding.Count)));
    }

    private static string Text(RosterChangeCount change) => $"{change.Entity} {change.Kind} {change.Count}";
}
