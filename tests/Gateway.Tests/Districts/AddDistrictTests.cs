using Gateway.Districts;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Districts;

public sealed class AddDistrictTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;

    [Theory]
    [InlineData("")]
    [InlineData("Maple")]
    [InlineData("-maple")]
    [InlineData("maple valley")]
    [InlineData("maple\n")]
    public async Task Slug_that_is_none_is_refused(string slug) =>
        Assert.Equal(["district.slug_invalid"], await CodesAsync(slug, "Maple Valley", "America/Chicago"));

    [Fact]
    public async Task Every_problem_is_told_and_nothing_is_made()
    {
        Assert.Equal(["district.slug_invalid", "district.name_invalid", "district.time_zone_unknown"], await CodesAsync("!", " ", "Central Time"));
        Assert.Equal(1, await stage.Database.AskAsync<long>("select count(*) from gateway.district"));
    }

    [Fact]
    public async Task Slug_that_is_taken_is_refused() =>
        Assert.Equal(["district.exists"], await CodesAsync(TestStage.DistrictSlug, "Another", "UTC"));

    private async Task<IEnumerable<string>> CodesAsync(string slug, string name, string zone) =>
        (await stage.Services.GetRequiredService<AddDistrict>().RunAsync(slug, name, zone, null, false, TestContext.Current.CancellationToken)).Failures.Select(f => f.Code);
}
