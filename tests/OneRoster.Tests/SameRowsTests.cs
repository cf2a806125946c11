using Microsoft.Extensions.Logging.Abstractions;
using OneRoster.Model;
using OneRoster.Rest;
using OneRoster.Tests.Csv;
using OneRoster.Tests.Rest;

namespace OneRoster.Tests;

[Trait("Requirement", "R-1.9")]
public sealed class SameRowsTests
{
    private static readonly FieldAllowList InBothVersions = FieldAllowList.Create(Allowed.InBothVersions);

    [Fact]
    public async Task Both_versions_and_both_bindings_of_one_district_yield_the_same_rows()
    {
        var csv12 = await CsvAsync(District.Csv12());
        Assert.Equal(17, csv12.Count);
        Assert.Equal(csv12, await CsvAsync(District.Csv11()));
        Assert.Equal(csv12, await RestAsync(District.Rest12(), OneRosterVersion.V1P2, ""));
        Assert.Equal(csv12, await RestAsync(District.Rest11(), OneRosterVersion.V1P1, ""));
        Assert.Equal(csv12, await RestAsync(District.Rest11(), OneRosterVersion.V1P1, "ims/oneroster/v1p1"));
    }

    private static async Task<List<string>> CsvAsync(Dictionary<string, string> files)
    {
        using var temporary = new TemporaryFolder();
        await using var source = Opening.MustOpen(temporary.Zip(files));
        return await DescribeAsync(source);
    }

    private static async Task<List<string>> RestAsync(Dictionary<string, List<string>> collections, OneRosterVersion version, string path)
    {
        await using var server = await FakeOneRosterServer.StartAsync(collections);
        using var http = new HttpClient();
        var options = new RestRosterSourceOptions(version, new Uri(server.Url, path), server.TokenUrl, "gateway", "s:cret");
        await using var source = new RestRosterSource(options, http, TimeProvider.System, NullLogger<RestRosterSource>.Instance);
        return await DescribeAsync(source);
    }

    private static async Task<List<string>> DescribeAsync(IRosterSource source)
    {
        var observer = new Observer();
        var rows = await source.ReadAllAsync(observer, InBothVersions);
        Assert.Empty(observer.Findings);
        Canaries.AssertNoneIn(rows);
        return [.. rows.Select(Reading.Describe).Order(StringComparer.Ordinal)];
    }
}
