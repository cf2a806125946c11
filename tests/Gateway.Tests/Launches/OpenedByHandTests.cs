using System.Net;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;

namespace Gateway.Tests.Launches;

/// <summary>Addresses that somebody opens by hand, and what an old installation sends, end in a page that says what to do.</summary>
[Trait("Requirement", "T-11")]
public sealed class OpenedByHandTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;

    [Theory]
    [InlineData("GET", "/lti/launch", "lti.launch_opened_directly")]
    [InlineData("GET", "/lti/login", "lti.login_empty")]
    [InlineData("POST", "/lti/login", "lti.login_empty")]
    public async Task Address_opened_by_hand_says_what_it_is_and_where_to_go(string method, string path, string code)
    {
        using var visitor = new Visitor(stage);
        using var request = new HttpRequestMessage(new HttpMethod(method), stage.GatewayUrl + path);
        var answer = await visitor.SendAsync(request);

        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.Status, answer.PageCode));
        Assert.Contains("Go to the site where your class is and open the activity from there.", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/lti/launch")]
    [InlineData("/lti/login")]
    public async Task Form_of_LTI_1_1_is_named_to_the_administrator(string path)
    {
        using var visitor = new Visitor(stage);
        var answer = await visitor.PostAsync(stage.GatewayUrl + path, new()
        {
            ["lti_message_type"] = "basic-lti-launch-request",
            ["lti_version"] = "LTI-1p0",
            ["oauth_consumer_key"] = "k",
            ["user_id"] = "u",
            ["resource_link_id"] = "r",
        });

        Assert.Equal((HttpStatusCode.BadRequest, "lti.legacy_version"), (answer.Status, answer.PageCode));
        Assert.Contains("LTI 1.1", answer.Body, StringComparison.Ordinal);
        Assert.Contains("LTI 1.3", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Front_page_says_what_this_is_and_every_page_it_names_is_there()
    {
        using var visitor = new Visitor(stage);
        var page = await visitor.GetAsync(stage.GatewayUrl + "/");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Go to your course and open the activity there.", page.Body, StringComparison.Ordinal);
        var links = Links.Of(page.Body).Where(link => !link.StartsWith("/assets/", StringComparison.Ordinal)).ToList();
        Assert.Contains("/privacy/record", links);
        foreach (var link in links)
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(stage.GatewayUrl + link)).Status);
    }

    [Fact]
    public async Task Link_with_a_page_and_its_query_leads_to_that_page_with_its_whole_query()
    {
        try
        {
            stage.LmsOptions.ToolTargetLinkUrl = $"{stage.GatewayUrl}/lti/launch?path=/practice?level=2&q=3";
            var claims = await stage.LaunchAsync("student-5", fixture.Engine);
            Assert.Equal($"{stage.EngineUrl}/practice?level=2&q=3", claims.GetProperty("target_link_uri").GetString());
        }
        finally
        {
            stage.LmsOptions.ToolTargetLinkUrl = null;
        }
    }
}
