using System.Net;
using System.Text.RegularExpressions;
using System.Web;
using Gateway.Stage;
using Gateway.Tests.EndToEnd;
using Lti.Launches;

namespace Gateway.Tests.Launches;

[Trait("Requirement", "L-1.4")]
public sealed class OpeningPageTests(StageFixture fixture) : IClassFixture<StageFixture>, IAsyncLifetime
{
    public const string ScriptedPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'";

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

    [Theory]
    [InlineData(null)]
    [InlineData("document")]
    [InlineData("empty")]
    public async Task Login_at_the_top_of_a_tab_goes_straight_to_the_platform(string? destination)
    {
        var login = await way.LoginAsync(fetchDestination: destination);
        Assert.Equal(HttpStatusCode.Found, login.Status);
        Assert.Equal(new Uri(stage.LmsUrl).Authority, login.Location!.Authority);
        Assert.Empty(login.Body);
    }

    [Theory]
    [InlineData("iframe", null)]
    [InlineData("frame", null)]
    [InlineData(null, "_parent")]
    [InlineData("document", "_parent")]
    [InlineData("iframe", "lms-storage")]
    public async Task Login_in_a_frame_or_with_storage_is_a_page_with_the_cookie_and_one_script(string? destination, string? storage)
    {
        var login = await way.LoginAsync(storage is null ? null : new() { ["lti_storage_target"] = storage }, destination);

        Assert.Equal(HttpStatusCode.OK, login.Status);
        Assert.Contains("httponly", Assert.Single(login.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("no-store", login.Headers.CacheControl!.ToString());
        Assert.Equal(ScriptedPolicy, Assert.Single(login.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("no-referrer", Assert.Single(login.Headers.GetValues("Referrer-Policy")));
        ShouldHoldNoInlineCode(login);
        Assert.StartsWith($"{stage.LmsUrl}/auth?", CookielessWay.DataOf(login, "authorize"), StringComparison.Ordinal);
        Assert.Equal(stage.LmsUrl, CookielessWay.DataOf(login, "platform"));
        Assert.Equal(storage, CookielessWay.DataOf(login, "storage"));
    }

    [Fact]
    public async Task Binding_is_in_the_page_only_where_the_platforms_storage_is_to_keep_it()
    {
        var (with, without) = (await way.LoginAsync(new() { ["lti_storage_target"] = "_parent" }), await way.LoginAsync(fetchDestination: "iframe"));

        var (name, value) = CookieOf(with);
        Assert.Equal((name, value), (CookielessWay.DataOf(with, "key"), CookielessWay.DataOf(with, "value")));
        Assert.DoesNotContain(CookieOf(without).Value, without.Body, StringComparison.Ordinal);
        Assert.Null(CookielessWay.DataOf(without, "value"));
    }

    [Theory]
    [InlineData("login_hint")]
    [InlineData("lti_message_hint")]
    [InlineData("target_link_uri")]
    [InlineData("lti_storage_target")]
    public async Task Hostile_parameter_is_text_wherever_it_stands(string parameter)
    {
        const string hostile = "x\"'><script>alert(1)</script><img src=x onerror=alert(1)>";
        var value = parameter == "target_link_uri" ? $"{stage.GatewayUrl}/lti/launch?x=\"'><script>alert(1)</script>".Replace(" ", "", StringComparison.Ordinal) : hostile;

        var login = await way.LoginAsync(new() { [parameter] = value }, "iframe");

        Assert.Equal(HttpStatusCode.OK, login.Status);
        ShouldHoldNoInlineCode(login);
        Assert.DoesNotContain("<img", login.Body, StringComparison.OrdinalIgnoreCase);
        var again = HttpUtility.ParseQueryString(new Uri(new Uri(stage.GatewayUrl), CookielessWay.NewTabOf(login)).Query);
        Assert.Equal(parameter == "lti_storage_target" ? null : value, again[parameter]);
        Assert.Null(CookielessWay.DataOf(login, "storage"));
    }

    [Fact]
    public async Task Link_to_a_new_tab_is_the_same_login_without_the_storage()
    {
        var login = await way.LoginAsync(new() { ["lti_storage_target"] = "_parent" }, "iframe");

        Assert.Contains("target=\"_blank\" rel=\"noopener noreferrer\"", login.Body, StringComparison.Ordinal);
        var again = await visitor.GetAsync(stage.GatewayUrl + CookielessWay.NewTabOf(login));

        Assert.Equal(HttpStatusCode.Found, again.Status);
        var (first, second) = (Asked(CookielessWay.DataOf(login, "authorize")!), Asked(again.Location!.AbsoluteUri));
        Assert.Equal(first["lti_message_hint"], second["lti_message_hint"]);
        Assert.Equal(first["login_hint"], second["login_hint"]);
        Assert.NotEqual(first["nonce"], second["nonce"]);
        Assert.DoesNotContain("storage", CookielessWay.NewTabOf(login)!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_that_no_server_would_take_is_not_offered()
    {
        var login = await way.LoginAsync(new() { ["lti_message_hint"] = new string('h', 8000) }, "iframe");
        Assert.Equal(HttpStatusCode.OK, login.Status);
        Assert.Null(CookielessWay.NewTabOf(login));
        Assert.Contains("open the activity's link in a new tab", login.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_login_in_a_frame_is_the_page_of_the_refusal_and_runs_nothing()
    {
        var login = await way.LoginAsync(new() { ["iss"] = "https://unknown.example", ["lti_storage_target"] = "_parent" }, "iframe");
        Assert.Equal((HttpStatusCode.BadRequest, "lti.registration_unknown"), (login.Status, login.PageCode));
        Assert.DoesNotContain("script", Assert.Single(login.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.False(login.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Script_may_be_kept_for_ever_under_its_hash_and_not_otherwise()
    {
        var (hashed, other) = (await visitor.GetAsync($"{stage.GatewayUrl}/assets/launch.js?v={PlatformStorageScript.Hash}"), await visitor.GetAsync($"{stage.GatewayUrl}/assets/launch.js?v=other"));
        Assert.Equal("public, max-age=31536000, immutable", hashed.Headers.CacheControl!.ToString());
        Assert.Equal("no-store", other.Headers.CacheControl!.ToString());
        Assert.Equal(hashed.Body, other.Body);
        Assert.Equal("nosniff", Assert.Single(hashed.Headers.GetValues("X-Content-Type-Options")));
        Assert.DoesNotContain("eval", hashed.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("innerHTML", hashed.Body, StringComparison.Ordinal);
    }

    /// <summary>One script, by address, and no other way to run code: attributes, other elements, other schemes.</summary>
    internal static void ShouldHoldNoInlineCode(Answer page)
    {
        var script = Assert.Single(Regex.Matches(page.Body, "<script[^>]*>[^<]*", RegexOptions.IgnoreCase)).Value;
        Assert.Equal($"<script src=\"/assets/launch.js?v={PlatformStorageScript.Hash}\" defer>", script);
        Assert.DoesNotMatch(@"(?i)<[^>]*\s(on\w+|style)\s*=", Regex.Replace(page.Body, "\"[^\"]*\"", "\"\""));
        Assert.DoesNotContain("javascript:", page.Body, StringComparison.OrdinalIgnoreCase);
    }

    private static (string Name, string Value) CookieOf(Answer login)
    {
        var pair = Assert.Single(login.Headers.GetValues("Set-Cookie")).Split(';')[0].Split('=', 2);
        return (pair[0], pair[1]);
    }

    private static System.Collections.Specialized.NameValueCollection Asked(string address) => HttpUtility.ParseQueryString(new Uri(address).Query);
}
