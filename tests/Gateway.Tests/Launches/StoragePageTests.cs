using System.Net;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Samples.Demo;

namespace Gateway.Tests.Launches;

[Trait("Requirement", "L-1.4")]
public sealed class StoragePageTests(StageFixture fixture) : IClassFixture<StageFixture>, IAsyncLifetime
{
    private readonly TestStage stage = fixture.Stage;
    private Visitor visitor = null!;
    private CookielessWay way = null!;

    public async ValueTask InitializeAsync()
    {
        visitor = await Visitor.SignInAsync(stage, "student-1");
        way = new(stage, visitor);
    }

    public ValueTask DisposeAsync()
    {
        visitor.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Launch_without_a_cookie_is_asked_to_fetch_the_binding_and_nothing_is_spent()
    {
        var (login, launch) = await way.PrepareAsync("lms-storage");
        await using var held = await stage.HoldJobsAsync();
        var (rows, lines) = (await stage.Database.RowCountsAsync(), stage.Log.Entries.Count(line => line.IsOwn));

        var page = await way.SendAsync(launch);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(rows, await stage.Database.RowCountsAsync());
        Assert.Equal(lines, stage.Log.Entries.Count(line => line.IsOwn));
        Assert.Equal(OpeningPageTests.ScriptedPolicy, Assert.Single(page.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("same-origin", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        Assert.False(page.Headers.Contains("Set-Cookie"));
        OpeningPageTests.ShouldHoldNoInlineCode(page);
        Assert.Equal((stage.LmsUrl, "lms-storage"), (CookielessWay.DataOf(page, "platform"), CookielessWay.DataOf(page, "storage")));
        Assert.Equal(CookielessWay.DataOf(login, "key"), CookielessWay.DataOf(page, "key"));
        var (action, fields) = Browser.FormOf(page.Page);
        Assert.Equal(way.LaunchUrl, action.AbsoluteUri);
        Assert.Equal(new() { ["id_token"] = launch.IdToken, ["state"] = launch.State, ["binding"] = "" }, fields);
        Assert.DoesNotContain(CookielessWay.DataOf(login, "value")!, page.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("same-origin", false)]
    [InlineData(null, true)]
    public async Task Binding_from_our_own_page_lets_the_launch_in_once_and_leads_on_without_a_redirect(string? fetchSite, bool sendsOrigin)
    {
        var (login, launch) = await way.PrepareAsync();
        var launches = await LaunchesAsync();
        var (binding, origin) = (CookielessWay.DataOf(login, "value"), sendsOrigin ? stage.GatewayUrl : null);

        var accepted = await way.SendAsync(launch, binding, fetchSite, origin);
        var again = await way.SendAsync(launch, binding, fetchSite, origin);

        Assert.Equal(HttpStatusCode.OK, accepted.Status);
        Assert.StartsWith($"{stage.EngineUrl}/oidc/login?", accepted.Onward!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains($"href=\"{WebUtility.HtmlEncode(accepted.Onward.OriginalString)}\"", accepted.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("script", accepted.Body + Assert.Single(accepted.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("lti.nonce_replayed", again.PageCode);
        Assert.Equal(launches + 1, await LaunchesAsync());
    }

    [Theory]
    [InlineData("cross-site", null)]
    [InlineData("same-site", null)]
    [InlineData("none", null)]
    [InlineData(null, null)]
    [InlineData(null, "null")]
    [InlineData(null, "https://evil.example")]
    public async Task Somebody_who_posts_their_own_launch_and_binding_in_another_persons_browser_is_refused(string? fetchSite, string? origin)
    {
        // Login CSRF: the attacker began this login and knows everything of it.
        var (login, launch) = await way.PrepareAsync();
        await RefusesAsync("lti.browser_mismatch", () => way.SendAsync(launch, CookielessWay.DataOf(login, "value"), fetchSite, origin));
    }

    [Fact]
    public async Task Wrong_cookie_is_refused_whatever_the_storage_says()
    {
        var (login, launch) = await way.PrepareAsync();
        var wrong = launch with { Cookie = $"{CookielessWay.DataOf(login, "key")}=another" };
        await RefusesAsync("lti.browser_mismatch", () => way.SendAsync(wrong));
        await RefusesAsync("lti.browser_mismatch", () => way.SendAsync(wrong, CookielessWay.DataOf(login, "value"), "same-origin"));
    }

    [Fact]
    public async Task Cookie_that_came_needs_no_storage()
    {
        var (login, launch) = await way.PrepareAsync();
        var answer = await way.SendAsync(launch with { Cookie = $"{CookielessWay.DataOf(login, "key")}={CookielessWay.DataOf(login, "value")}" });
        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Contains("max-age=0", answer.Headers.GetValues("Set-Cookie").First(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData("another")]
    [Trait("Requirement", "L-1.10")]
    public async Task Storage_that_had_nothing_ends_in_a_page_that_says_what_to_do(string binding)
    {
        var (_, launch) = await way.PrepareAsync();
        await RefusesAsync("lti.browser_mismatch", () => way.SendAsync(launch, binding, "same-origin"));
    }

    [Fact]
    public async Task Launch_without_cookie_and_without_storage_is_refused()
    {
        var (_, launch) = await way.PrepareAsync(storage: null);
        await RefusesAsync("lti.browser_mismatch", () => way.SendAsync(launch));
    }

    [Theory]
    [InlineData("\"><script>alert(1)</script>", null, "lti.token_malformed")]
    [InlineData(null, "\"><script>alert(1)</script>", "lti.state_invalid")]
    public async Task Neither_token_nor_state_of_another_shape_is_echoed(string? idToken, string? state, string code)
    {
        var (_, launch) = await way.PrepareAsync();
        var answer = await RefusesAsync(code, () => way.SendAsync(launch with { IdToken = idToken ?? launch.IdToken, State = state ?? launch.State }));
        Assert.DoesNotContain("alert", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(launch.IdToken, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forged_token_is_refused_after_the_storage_as_it_is_with_a_cookie()
    {
        var (login, launch) = await way.PrepareAsync();
        var forged = launch with { IdToken = ForgedTokens.Resign(launch.IdToken) };
        Assert.Null((await way.SendAsync(forged)).PageCode);
        await RefusesAsync("lti.signature_invalid", () => way.SendAsync(forged, CookielessWay.DataOf(login, "value"), "same-origin"));
    }

    private async Task<Answer> RefusesAsync(string code, Func<Task<Answer>> send)
    {
        await using var held = await stage.HoldJobsAsync();
        var rows = await stage.Database.RowCountsAsync();
        var answer = await send();
        Assert.Equal((HttpStatusCode.BadRequest, code), (answer.Status, answer.PageCode));
        Assert.Equal(rows, await stage.Database.RowCountsAsync());
        return answer;
    }

    private Task<long> LaunchesAsync() => stage.Database.AskAsync<long>("select count(*) from gateway.launch");
}
