using System.Net;
using System.Text.RegularExpressions;
using Gateway.Identity;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Hosting;

/// <summary>What holds of every address of the running gateway that answers GET.</summary>
public sealed partial class GetEndpointsTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private static readonly string[] Framed = ["/connect/authorize", "/lti/launch", "/lti/login", "/lti/register"];
    private readonly TestStage stage = fixture.Stage;

    [Fact]
    [Trait("Requirement", "T-11")]
    public async Task Head_is_answered_as_get_is_without_the_body()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        var wrong = new List<string>();
        foreach (var (path, scope) in Addresses())
        {
            var (get, head) = (await SendAsync(http, HttpMethod.Get, path, scope), await SendAsync(http, HttpMethod.Head, path, scope));
            if (get != head with { Length = get.Length } || head.Length != 0 || get.Status is HttpStatusCode.MethodNotAllowed or HttpStatusCode.InternalServerError)
                wrong.Add($"{path}: GET {get}, HEAD {head}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(Addresses().Count > 20);
    }

    [Fact]
    [Trait("Requirement", "T-13")]
    public async Task Only_pages_of_launches_and_registrations_may_be_framed()
    {
        using var visitor = new Visitor(stage);
        foreach (var (path, _) in Addresses().Append(("/not/there", null)))
        {
            var policy = Assert.Single((await visitor.GetAsync(stage.GatewayUrl + path)).Headers.GetValues("Content-Security-Policy"));
            Assert.Equal(!Framed.Contains(path), policy.EndsWith("; frame-ancestors 'none'", StringComparison.Ordinal));
        }

        var posted = await visitor.PostAsync($"{stage.GatewayUrl}/lti/launch", new() { ["state"] = "none" });
        Assert.DoesNotContain("frame-ancestors", Assert.Single(posted.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "T-13")]
    public async Task Unexpected_error_is_framed_where_its_page_would_have_been()
    {
        // The page of third parties is made once a minute.
        stage.Clock.Advance(TimeSpan.FromMinutes(2));
        await stage.Database.AcceptConnectionsAsync(false);
        try
        {
            using var visitor = new Visitor(stage);
            foreach (var (path, mayBe) in new[] { ("/lti/login?iss=https://x.example&login_hint=h&target_link_uri=" + stage.GatewayUrl, true), ("/privacy/third-parties", false) })
            {
                var answer = await visitor.GetAsync(stage.GatewayUrl + path);
                Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
                Assert.Equal(!mayBe, Assert.Single(answer.Headers.GetValues("Content-Security-Policy")).Contains("frame-ancestors", StringComparison.Ordinal));
            }
        }
        finally
        {
            await stage.Database.AcceptConnectionsAsync(true);
        }
    }

    [Fact]
    [Trait("Requirement", "T-13")]
    public void No_address_of_the_gateway_can_be_taken_for_its_public_path()
    {
        foreach (var first in Routes().Select(route => route.RoutePattern.RawText!.Trim('/').Split('/')[0]).Where(name => name.Length > 0).Distinct())
            Assert.DoesNotMatch(Gateway.Hosting.GatewayOptionsValidator.PathPattern(), $"/{first}/more");
    }

    private List<(string Path, string? Scope)> Addresses() =>
    [
        .. from route in Routes()
           where route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true
           select ("/" + Value().Replace(route.RoutePattern.RawText!.Trim('/'), ValueOf), route.Metadata.GetMetadata<RequiredScope>()?.Scope),
    ];

    private IEnumerable<RouteEndpoint> Routes() => stage.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static string ValueOf(Match parameter) => parameter.Groups[1].Value switch
    {
        "district" => TestStage.DistrictSlug,
        "documentName" => "v1",
        _ => Guid.Empty.ToString(),
    };

    private async Task<Seen> SendAsync(HttpClient http, HttpMethod method, string path, string? scope)
    {
        using var request = new HttpRequestMessage(method, stage.GatewayUrl + path);
        if (scope is not null)
            request.Headers.Authorization = new("Bearer", await fixture.Engine.TokenForAsync(scope));
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        string Header(string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";
        return new(
            response.StatusCode, response.Content.Headers.ContentType?.ToString(), Header("Cache-Control"), Header("Content-Security-Policy"), Header("ETag"), body.Length);
    }

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Value();

    private sealed record Seen(HttpStatusCode Status, string? Type, string Cache, string Policy, string Tag, int Length);
}
