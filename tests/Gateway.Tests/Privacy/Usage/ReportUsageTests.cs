using System.Globalization;
using Gateway.Privacy;
using Gateway.Tests.Rostering;

namespace Gateway.Tests.Privacy.Usage;

[Trait("Requirement", "P-4.4")]
public sealed class ReportUsageTests(RosterDatabase database) : IClassFixture<RosterDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_district_sees_its_people_by_month_in_tens_and_no_small_group()
    {
        var district = await PopulateAsync(students: 27, teachers: 4);

        var report = await new ReportUsage(database.Gateway, new(database.Gateway.DataSource), database.Clock).OfDistrictAsync(district, Cancellation);

        Assert.Equal(12, report.Months.Count);
        var september = report.Months[^1];
        Assert.Equal((new DateOnly(2026, 9, 1), 30L), (september.Month, september.People));
        Assert.Equal(["role student ", "role teacher ", "school none 30"],
            september.By.SelectMany(by => by.Groups.Select(group => $"{by.Name} {group.Group} {group.People}")).Where(line => !line.StartsWith("class", StringComparison.Ordinal)));
        Assert.Null(report.Months[0].People);
    }

    [Fact]
    public async Task Whole_gateway_is_shown_where_no_district_could_subtract_itself()
    {
        await database.AskAsync<int>("with gone as (delete from gateway.district returning 1) select count(*)::int from gone");
        await PopulateAsync(students: 40, teachers: 12);
        Assert.Equal(50, (await OfGatewayAsync()).People);
        await PopulateAsync(students: 5, teachers: 0);
        Assert.Null((await OfGatewayAsync()).People);
        await PopulateAsync(students: 20, teachers: 0);
        Assert.Equal(70, (await OfGatewayAsync()).People);
    }

    private async Task<UsageMonth> OfGatewayAsync() => (await new ReportUsage(database.Gateway, new(database.Gateway.DataSource), database.Clock).OfGatewayAsync(Cancellation)).Months[^1];

    /// <summary>So many people, each of whom launched twice in September 2026.</summary>
    private async Task<int> PopulateAsync(int students, int teachers)
    {
        var district = await database.AddDistrictAsync();
        var d = district.ToString(CultureInfo.InvariantCulture);
        var registration = await Gateway.Tests.Rostering.Launches.RegistrationAsync(database, district);
        await database.AskAsync<long>($"""
            with people as (
              insert into gateway.learner (district_id, role, first_seen, last_seen)
              select {d}, case when n <= {students} then 'student' else 'teacher' end, '2026-09-01', '2026-09-20' from generate_series(1, {students + teachers}) n returning id),
            launches as (
              insert into gateway.launch select gen_random_uuid(), {d}, id, {registration}, 'LtiResourceLinkRequest', '2026-09-10 12:00+00'::timestamptz + interval '1 day' * n
              from people, generate_series(1, 2) n returning 1)
            select count(*) from launches
            """);
        return district;
    }
}
