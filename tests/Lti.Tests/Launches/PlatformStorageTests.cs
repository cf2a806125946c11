using System.Text;
using Lti.Launches;
using Lti.Messages;
using Lti.Tests.Platform;

namespace Lti.Tests.Launches;

[Trait("Requirement", "L-1.4")]
public sealed class PlatformStorageTests
{
    private const string OwnOrigin = "https://tool.example";

    [Theory]
    [InlineData("_parent")]
    [InlineData("post_message_forwarding")]
    [InlineData("lms.storage:frame-1")]
    public async Task Login_says_where_the_platform_keeps_the_binding(string target)
    {
        await using var scene = await Scene.StartAsync();
        var redirect = (await BeginAsync(scene, target)).Redirect;
        Assert.Equal((target, "https://lms.example"), (redirect.StorageTarget, redirect.PlatformOrigin));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("\"><script>alert(1)</script>")]
    [InlineData("ünï")]
    [InlineData("frame\r\n")]
    public async Task What_cannot_be_a_frames_name_counts_as_no_storage(string? target)
    {
        await using var scene = await Scene.StartAsync();
        var begun = await BeginAsync(scene, target);
        Assert.Null(begun.Redirect.StorageTarget);
        Assert.Equal(LaunchRefusal.BrowserMismatch, (await LaunchAsync(scene, begun)).Refusal());
    }

    [Fact]
    public async Task Endless_name_counts_as_no_storage()
    {
        await using var scene = await Scene.StartAsync();
        Assert.NotNull((await BeginAsync(scene, new string('f', 100))).Redirect.StorageTarget);
        Assert.Null((await BeginAsync(scene, new string('f', 101))).Redirect.StorageTarget);
    }

    [Fact]
    public async Task Launch_without_a_cookie_asks_for_the_binding_before_anything_is_fetched()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await BeginAsync(scene);

        var needs = Assert.IsType<LaunchNeedsBinding<LaunchMessage>>(await LaunchAsync(scene, begun));

        Assert.Equal((begun.Redirect.BindingName, "_parent", "https://lms.example"), (needs.BindingName, needs.StorageTarget, needs.PlatformOrigin));
        Assert.Equal(0, scene.Platform.JwksRequests);
        (await LaunchAsync(scene, begun, begun.Redirect.BindingValue)).Accepted();
    }

    [Theory]
    [InlineData("same-origin", null, null)]
    [InlineData("same-origin", "null", null)]
    [InlineData(null, OwnOrigin, null)]
    [InlineData("cross-site", null, "lti.browser_mismatch")]
    [InlineData("cross-site", OwnOrigin, "lti.browser_mismatch")]
    [InlineData("same-site", OwnOrigin, "lti.browser_mismatch")]
    [InlineData("none", null, "lti.browser_mismatch")]
    [InlineData(null, null, "lti.browser_mismatch")]
    [InlineData(null, "null", "lti.browser_mismatch")]
    [InlineData(null, "https://evil.example", "lti.browser_mismatch")]
    [InlineData(null, "https://tool.example.evil.example", "lti.browser_mismatch")]
    public async Task Stored_binding_counts_only_when_a_page_of_our_own_posts_it(string? fetchSite, string? origin, string? refusal)
    {
        // Whoever began a login knows its binding: without this they could sign another person's browser in as themselves.
        await using var scene = await Scene.StartAsync();
        var begun = await BeginAsync(scene);
        var outcome = await LaunchAsync(scene, begun, begun.Redirect.BindingValue, fetchSite, origin);
        Assert.Equal(refusal, outcome is LaunchRefused<LaunchMessage> refused ? refused.Refusal.Code : null);
        Assert.Equal(refusal is null, outcome is LaunchAccepted<LaunchMessage>);
    }

    [Theory]
    [InlineData("")]
    [InlineData("another")]
    public async Task Storage_that_had_nothing_or_something_else_is_refused(string stored)
    {
        await using var scene = await Scene.StartAsync();
        Assert.Equal(LaunchRefusal.BrowserMismatch, (await LaunchAsync(scene, await BeginAsync(scene), stored)).Refusal());
    }

    [Fact]
    public async Task Binding_of_another_login_is_refused()
    {
        await using var scene = await Scene.StartAsync();
        var (mine, theirs) = (await BeginAsync(scene), await BeginAsync(scene));
        Assert.Equal(LaunchRefusal.BrowserMismatch, (await LaunchAsync(scene, mine, theirs.Redirect.BindingValue)).Refusal());
    }

    [Fact]
    public async Task Wrong_cookie_is_never_made_good_by_storage()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await BeginAsync(scene);
        Assert.Equal(LaunchRefusal.BrowserMismatch, (await LaunchAsync(scene, begun, begun.Redirect.BindingValue, cookie: "another")).Refusal());
        Assert.Equal(LaunchRefusal.BrowserMismatch, (await LaunchAsync(scene, begun, cookie: "")).Refusal());
    }

    [Fact]
    public async Task Stored_binding_of_a_login_without_storage_is_refused()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await BeginAsync(scene, null);
        Assert.Equal(LaunchRefusal.BrowserMismatch, (await LaunchAsync(scene, begun, begun.Redirect.BindingValue)).Refusal());
    }

    [Fact]
    public async Task Launch_bound_by_storage_is_good_once()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await BeginAsync(scene);
        (await LaunchAsync(scene, begun, begun.Redirect.BindingValue)).Accepted();
        Assert.Equal(LaunchRefusal.NonceReplayed, (await LaunchAsync(scene, begun, begun.Redirect.BindingValue)).Refusal());
    }

    [Theory]
    [InlineData("", "lti.token_missing")]
    [InlineData("\"><script>alert(1)</script>", "lti.token_malformed")]
    [InlineData("a.b", "lti.token_malformed")]
    public async Task Only_what_looks_like_a_token_gets_as_far_as_the_storage(string token, string code)
    {
        await using var scene = await Scene.StartAsync();
        Assert.Equal(code, (await LaunchAsync(scene, await BeginAsync(scene), token: token)).Refusal().Code);
        Assert.Equal(LaunchRefusal.TokenTooLarge, (await LaunchAsync(scene, await BeginAsync(scene), token: new string('a', 100_000))).Refusal());
    }

    [Fact]
    public async Task Expired_or_altered_state_gets_nowhere_near_the_storage()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await BeginAsync(scene);
        Assert.Equal(LaunchRefusal.StateInvalid, (await LaunchAsync(scene, begun, state: "A" + begun.State)).Refusal());
        scene.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(LaunchRefusal.StateExpired, (await LaunchAsync(scene, begun)).Refusal());
    }

    [Theory]
    [InlineData("https://lms.example/authorize?site=1", "https://lms.example")]
    [InlineData("https://lms.example:443/authorize", "https://lms.example")]
    [InlineData("https://LMS.example:8443/authorize", "https://lms.example:8443")]
    [InlineData("http://127.0.0.1:5101/auth", "http://127.0.0.1:5101")]
    [InlineData("https://bücher.example/auth", "https://xn--bcher-kva.example")]
    [InlineData("https://[::1]:8443/auth", "https://[::1]:8443")]
    public void Origin_is_written_as_browsers_write_it(string address, string origin) => Assert.Equal(origin, WebOrigin.Of(new Uri(address)));

    [Theory]
    [InlineData("_parent", "https://tool.example/lti/open")]
    [InlineData(null, "https://tool.example/lti/open")]
    [InlineData("_parent", null)]
    [InlineData(null, null)]
    public void State_comes_out_of_its_bytes_as_it_went_in(string? target, string? link)
    {
        LoginState state = new("r1", DateTimeOffset.FromUnixTimeMilliseconds(1), new byte[16], new byte[32], target, link);
        var bytes = state.ToBytes();
        var read = LoginState.FromBytes(bytes)!;
        Assert.Equal(("r1", target, link), (read.RegistrationId, read.StorageTarget, read.TargetLinkUri));
        bytes[0] = 1;
        Assert.Null(LoginState.FromBytes(bytes));
    }

    [Fact]
    public void Script_comes_with_its_type_and_a_hash_of_its_content()
    {
        var script = Encoding.UTF8.GetString(PlatformStorageScript.Content.Span);
        Assert.Contains("lti.put_data", script, StringComparison.Ordinal);
        Assert.StartsWith("text/javascript", PlatformStorageScript.ContentType, StringComparison.Ordinal);
        Assert.Matches("^[A-Za-z0-9_-]{16}$", PlatformStorageScript.Hash);
    }

    private static Task<Begun> BeginAsync(Scene scene, string? target = "_parent") =>
        scene.BeginAsync(parameters => parameters["lti_storage_target"] = target);

    private static async Task<LaunchOutcome<LaunchMessage>> LaunchAsync(
        Scene scene, Begun begun, string? stored = null, string? fetchSite = "same-origin", string? origin = null,
        string? cookie = null, string? token = null, string? state = null) =>
        await scene.Verifier.VerifyAsync(
            new LaunchRequest
            {
                IdToken = (token ?? begun.Sign()).AsMemory(),
                State = state ?? begun.State,
                ReadBinding = _ => cookie,
                StoredBinding = stored,
                FetchSite = fetchSite,
                Origin = origin,
            },
            Scene.Cancel);
}
