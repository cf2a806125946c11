using System.Net;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;

namespace Gateway.Tests.Hosting;

public sealed class HttpSurfaceTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Probe_answers(string path, string status)
    {
        var answer = await GetAsync(path);
        Assert.Equal((HttpStatusCode.OK, status), (answer.Status, answer.Json.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Readiness_tells_when_the_database_is_gone_and_when_it_is_back()
    {
        await stage.Database.AcceptConnectionsAsync(false);
        try
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await GetAsync("/health/ready")).Status);
            Assert.Equal(HttpStatusCode.OK, (await GetAsync("/health/live")).Status);
        }
        finally
        {
            await stage.Database.AcceptConnectionsAsync(true);
        }

        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/health/ready")).Status);
    }

    [Fact]
    [Trait("Requirement", "L-1.10")]
    public async Task An_unexpected_error_is_a_page_for_people_and_a_problem_for_programs_and_never_shows_its_message()
    {
        const string stranger = "https://stranger.example";
        await stage.Database.AcceptConnectionsAsync(false);
        try
        {
            using var visitor = new Visitor(stage);
            var page = await visitor.GetAsync($"{stage.GatewayUrl}/lti/login?iss={stranger}&login_hint=somebody&target_link_uri={stage.GatewayUrl}/lti/launch");
            Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
            Assert.Contains("gateway.unexpected_error", page.Body, StringComparison.Ordinal);
            Assert.Contains("data-testid=\"reference\"", page.Body, StringComparison.Ordinal);
            Assert.StartsWith("default-src 'none'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            foreach (var told in stage.Log.Entries.Where(entry => entry.IsOwn).Select(entry => entry.Text).Append(page.Body))
                Assert.DoesNotContain("not currently accepting connections", told, StringComparison.Ordinal);
        }
        finally
        {
            await stage.Database.AcceptConnectionsAsync(true);
        }
    }

    [Theory]
    [Trait("Requirement", "P-1.7")]
    [InlineData("/lti/login", HttpStatusCode.BadRequest)]
    [InlineData("/lti/jwks", HttpStatusCode.OK)]
    [InlineData("/connect/authorize", HttpStatusCode.BadRequest)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/assets/gateway.css", HttpStatusCode.OK)]
    [InlineData("/assets/launch.js", HttpStatusCode.OK)]
    [InlineData("/not/there", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/scores/00000000-0000-0000-0000-000000000000", HttpStatusCode.Unauthorized)]
    public async Task Every_answer_has_the_security_headers_and_no_cookie(string path, HttpStatusCode status)
    {
        var answer = await GetAsync(path);

        Assert.Equal(status, answer.Status);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    [Trait("Requirement", "P-1.7")]
    public async Task Login_sets_one_cookie_that_no_script_can_read_and_the_launch_puts_one_of_a_minute_in_its_place()
    {
        using var visitor = await Visitor.SignInAsync(stage, "student-1");
        await visitor.SendAsync(await visitor.PrepareAsync());

        var (login, launch) = (visitor.FromGateway[0], visitor.FromGateway[1]);
        var given = Assert.Single(login.Headers.GetValues("Set-Cookie"));
        foreach (var attribute in new[] { "httponly", "secure", "samesite=none", "partitioned", "path=/", "max-age=600" })
            Assert.Contains(attribute, given, StringComparison.OrdinalIgnoreCase);
        var (taken, next) = (launch.Headers.GetValues("Set-Cookie").First(), launch.Headers.GetValues("Set-Cookie").Last());
        Assert.Equal(2, launch.Headers.GetValues("Set-Cookie").Count());
        Assert.Equal(given.Split('=')[0], taken.Split('=')[0]);
        Assert.Contains("max-age=0", taken, StringComparison.OrdinalIgnoreCase);
        foreach (var attribute in new[] { "httponly", "secure", "samesite=none", "partitioned", "path=/", "max-age=60" })
            Assert.Contains(attribute, next, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("no-store", login.Headers.CacheControl!.ToString());
        Assert.Equal("no-store", launch.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Page_loads_nothing_from_elsewhere()
    {
        var page = (await GetAsync("/lti/login")).Body;

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
    }

    private async Task<Answer> GetAsync(string path)
    {
        using var visitor = new Visitor(stage);
        return await visitor.GetAsync(stage.GatewayUrl + path);
    }
}
