using System.Net;
using System.Text.Json;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;

namespace Gateway.Tests.Privacy.Disclosure;

public sealed class DisclosurePagesTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;

    [Theory]
    [Trait("Requirement", "P-4.1")]
    [Trait("Requirement", "P-1.7")]
    [InlineData("/privacy/record", "About your child")]
    [InlineData("/privacy/policies", "Version 1, last updated")]
    [InlineData("/privacy/third-parties", "Practice engines")]
    [InlineData("/privacy/usage", "A group of fewer than ten people is withheld")]
    public async Task Page_is_public_HTML_without_script_and_the_same_is_JSON_for_programs(string path, string says)
    {
        var (page, json) = (await GetAsync(path, "text/html,application/xhtml+xml,*/*;q=0.8"), await GetAsync(path, "application/json"));

        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.Status, page.Type));
        Assert.Contains(says, page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page.Body, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("default-src 'none'; style-src 'self'", page.Policy, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (json.Status, json.Type));
        Assert.NotEqual(JsonValueKind.Undefined, JsonDocument.Parse(json.Body).RootElement.ValueKind);
    }

    [Fact]
    [Trait("Requirement", "P-4.1")]
    public async Task Record_says_of_a_learner_what_why_for_whom_and_until_when()
    {
        var record = JsonDocument.Parse((await GetAsync("/privacy/record", "application/json")).Body).RootElement;

        var learner = record.GetProperty("kept").EnumerateArray().Single(table => table.GetProperty("table").GetString() == "learner");
        Assert.Equal("child", learner.GetProperty("about").GetString());
        Assert.Contains(learner.GetProperty("deleted").EnumerateArray(), until => until.GetProperty("rule").GetString() == "students-inactive");
        Assert.Contains(record.GetProperty("read").EnumerateArray(), field => field.GetProperty("field").GetString() == "sub");
    }

    [Fact]
    [Trait("Requirement", "P-4.2")]
    public async Task Third_parties_are_engines_with_their_fields_and_kinds_of_servers_and_no_district_is_named()
    {
        var answer = await GetAsync("/privacy/third-parties", "application/json");
        var parties = JsonDocument.Parse(answer.Body).RootElement.EnumerateArray().ToList();

        var engine = Assert.Single(parties, party => party.GetProperty("kind").GetString() == "engine");
        Assert.Equal(TestStage.EngineId, engine.GetProperty("name").GetString());
        Assert.Contains(engine.GetProperty("receives").EnumerateArray(), field => field.GetProperty("field").GetString() == "role" && field.GetProperty("districts").GetInt64() == 1);
        Assert.Equal(["engine", "mail", "platform", "roster"], parties.Select(party => party.GetProperty("kind").GetString()).Distinct().Order());
        foreach (var told in new[] { answer.Body, (await GetAsync("/privacy/third-parties", "text/html")).Body })
        {
            Assert.DoesNotContain(TestStage.DistrictSlug, told, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(stage.District.Name, told, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(stage.LmsUrl, told, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Requirement", "P-4.4")]
    public async Task Usage_is_a_row_for_each_month_with_the_newest_first()
    {
        var months = JsonDocument.Parse((await GetAsync("/privacy/usage", "application/json")).Body).RootElement.GetProperty("months").EnumerateArray().ToList();

        var rows = (await GetAsync("/privacy/usage", "text/html")).Body.Split("<tr><th scope=\"row\">")[1..];

        Assert.Equal(months.Select(month => month.GetProperty("month").GetString()![..7]).Reverse(), rows.Select(row => row[..7]));
        // Nobody has practised here: all people, students, teachers.
        Assert.All(rows, row => Assert.Equal(3, row.Split("<td>withheld</td>").Length - 1));
    }

    private async Task<(HttpStatusCode Status, string? Type, string Policy, string Body)> GetAsync(string path, string accept)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, stage.GatewayUrl + path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, response.Content.Headers.ContentType?.MediaType, string.Join("", response.Headers.GetValues("Content-Security-Policy")),
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
