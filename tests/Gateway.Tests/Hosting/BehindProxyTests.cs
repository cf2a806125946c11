using System.Net;
using Gateway.Stage;
using Samples.Demo;

namespace Gateway.Tests.Hosting;

/// <summary>The gateway below a path of a site, behind a real nginx with its default settings.</summary>
[Trait("Requirement", "T-13")]
public sealed class BehindProxyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Gateway_below_a_path_works_everywhere_whether_the_proxy_keeps_the_path_or_not(bool keepsPath)
    {
        var site = Loopback.FreeUrl();
        await using var stage = await TestStage.StartAsync(stage => stage.GatewayUrl = site + "/tools/practice");
        await using var nginx = await NginxProxy.StartAsync(site, "/tools/practice/", stage.ListenUrl, keepsPath);
        using var engine = new TestEngine(stage);

        await BrowserLandsInThePracticeAsync(stage);
        await EveryLinkOfEveryPageWorksAsync(stage);
        await ProviderDescribesItselfAsync(stage);
        await ScoreComesBackAsync(stage, engine);
        await PagesOfTheApiLeadOnAsync(stage, engine);
    }

    [Fact]
    public async Task Hints_and_links_of_four_kilobytes_go_through_the_defaults_of_nginx()
    {
        var site = Loopback.FreeUrl();
        await using var stage = await TestStage.StartAsync(stage => stage.GatewayUrl = site);
        await using var nginx = await NginxProxy.StartAsync(site, "/", stage.ListenUrl, keepsPath: true);
        using var engine = new TestEngine(stage);
        using var visitor = await Visitor.SignInAsync(stage, "student-1");

        var fields = (await visitor.ClickAsync()).Fields;
        fields["lti_message_hint"] = new string('h', 4096);
        var login = await visitor.PostAsync($"{stage.GatewayUrl}/lti/login", fields);
        Assert.Equal(HttpStatusCode.OK, login.Status);
        Assert.StartsWith($"{stage.LmsUrl}/auth?", login.Onward!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains(fields["lti_message_hint"], login.Onward.Query, StringComparison.Ordinal);

        stage.LmsOptions.ToolTargetLinkUrl = $"{stage.GatewayUrl}/lti/launch?path=/practice%3Fq={new string('q', 1500)}";
        var launch = await visitor.SendAsync(await visitor.PrepareAsync());
        Assert.Equal(HttpStatusCode.OK, launch.Status);
        var claims = await engine.SignInAsync(launch.Onward!);
        Assert.EndsWith("qqqq", claims.GetProperty("target_link_uri").GetString(), StringComparison.Ordinal);
    }

    private static async Task BrowserLandsInThePracticeAsync(TestStage stage)
    {
        using var browser = new Browser();
        await browser.SendAsync(new Uri($"{stage.LmsUrl}/signin"), new Dictionary<string, string> { ["person"] = "student-3", ["password"] = "made-up" }, Cancellation);
        var page = await browser.OpenAsync($"{stage.LmsUrl}/launch/link-fractions", Cancellation);

        Assert.Equal(new Uri(stage.EngineUrl).Authority, page.Address.Authority);
        Assert.Equal("student", Browser.TextOf(page, "role"));
    }

    private static async Task EveryLinkOfEveryPageWorksAsync(TestStage stage)
    {
        using var visitor = await Visitor.SignInAsync(stage, "student-2");
        var way = new CookielessWay(stage, visitor);
        var (login, launch) = await way.PrepareAsync();
        List<Answer> pages = [login, await way.SendAsync(launch)];
        foreach (var path in new[] { "/", "/privacy/record", "/privacy/policies", "/privacy/third-parties", "/privacy/usage", "/privacy/certificates/verify", "/openapi", "/lti/login" })
            pages.Add(await visitor.GetAsync(stage.GatewayUrl + path));
        var (site, below) = (new Uri(stage.GatewayUrl).GetLeftPart(UriPartial.Authority), new Uri(stage.GatewayUrl).AbsolutePath);
        foreach (var page in pages)
        {
            var links = Links.Of(page.Body);
            Assert.NotEmpty(links);
            Assert.All(links, link => Assert.StartsWith(below + "/", link, StringComparison.Ordinal));
            foreach (var link in links)
                Assert.NotEqual(HttpStatusCode.NotFound, (await visitor.GetAsync(site + link)).Status);
        }

        Assert.EndsWith("/tools/practice/lti/launch", Browser.FormOf(pages[1].Page).Action.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(stage.GatewayUrl + "/health/ready")).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(stage.ListenUrl + "/health/ready")).Status);
        Assert.Equal("lti.target_not_ours", (await way.LoginAsync(new() { ["target_link_uri"] = site + "/elsewhere" })).PageCode);
    }

    private static async Task ProviderDescribesItselfAsync(TestStage stage)
    {
        using var visitor = new Visitor(stage);
        var provider = (await visitor.GetAsync(stage.GatewayUrl + "/.well-known/openid-configuration")).Json;
        Assert.Equal(stage.GatewayUrl, provider.GetProperty("issuer").GetString());
        foreach (var name in new[] { "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri" })
            Assert.NotEqual(HttpStatusCode.NotFound, (await visitor.GetAsync(provider.GetProperty(name).GetString()!)).Status);
        var canvas = (await visitor.GetAsync(stage.GatewayUrl + "/lti/config/canvas.json")).Json;
        Assert.Equal(stage.GatewayUrl + "/lti/login", canvas.GetProperty("oidc_initiation_url").GetString());
        var api = (await visitor.GetAsync(stage.GatewayUrl + "/openapi/v1.json")).Json;
        Assert.Equal(stage.GatewayUrl, api.GetProperty("servers")[0].GetProperty("url").GetString());
    }

    private static async Task ScoreComesBackAsync(TestStage stage, TestEngine engine)
    {
        var accepted = await engine.PostScoreAsync(new(await stage.ScoreTicketAsync("student-1", engine), 7, 10), "below a path");
        Assert.Equal(HttpStatusCode.Accepted, accepted.Status);
        Assert.Equal($"{new Uri(stage.GatewayUrl).AbsolutePath}/api/v1/scores/{accepted.Json.GetProperty("id").GetGuid()}", accepted.Location!.OriginalString);
        await engine.WaitForAsync(accepted.Json.GetProperty("id").GetGuid(), "delivered");
    }

    private static async Task PagesOfTheApiLeadOnAsync(TestStage stage, TestEngine engine)
    {
        var first = await engine.GetAsync($"/api/v1/districts/{TestStage.DistrictSlug}/learners?limit=1");
        Assert.Equal(HttpStatusCode.OK, first.Status);
        var next = first.Json.GetProperty("next").GetString()!;
        Assert.StartsWith(stage.GatewayUrl + "/api/v1/", next, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await engine.GetAsync(next)).Status);
    }
}
