using Lti.Security;
using Lti.Tests.Platform;

namespace Lti.Tests.Security;

[Trait("Requirement", "L-3.1")]
public sealed class AccessTokenClientTests
{
    private static readonly string[] ScoreScope = [LtiScopes.Score];

    [Fact]
    public async Task Token_is_asked_for_once_also_by_many_at_once_and_kept()
    {
        await using var scene = await Scene.StartAsync();
        var client = Client(scene);
        scene.Platform.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = Enumerable.Range(0, 8).Select(_ => client.GetAsync(scene.Registration, ScoreScope, Scene.Cancel).AsTask()).ToList();
        scene.Platform.Gate.SetResult();
        var values = (await Task.WhenAll(asked)).Select(one => Assert.IsType<AccessTokenGranted>(one).Token.Value).Distinct();
        Assert.Equal("token-1", Assert.Single(values));
        await client.GetAsync(scene.Registration, ScoreScope, Scene.Cancel);
        Assert.Equal(1, scene.Platform.TokenRequests);
        Assert.True(scene.Platform.TokenForms.TryPeek(out var form));
        Assert.Equal("client_credentials", form["grant_type"]);
        Assert.Equal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", form["client_assertion_type"]);
        Assert.Equal(LtiScopes.Score, form["scope"]);
    }

    [Fact]
    public async Task Token_is_kept_per_client_and_scope_set_whatever_its_order()
    {
        await using var scene = await Scene.StartAsync();
        var client = Client(scene);
        await client.GetAsync(scene.Registration, [LtiScopes.Score, LtiScopes.LineItem], Scene.Cancel);
        await client.GetAsync(scene.Registration, [LtiScopes.LineItem, LtiScopes.Score, LtiScopes.Score], Scene.Cancel);
        Assert.Equal(1, scene.Platform.TokenRequests);
        await client.GetAsync(scene.Registration, ScoreScope, Scene.Cancel);
        await client.GetAsync(scene.Registration with { ClientId = "client-2" }, ScoreScope, Scene.Cancel);
        Assert.Equal(3, scene.Platform.TokenRequests);
    }

    [Fact]
    [Trait("Requirement", "T-6")]
    public async Task Registrations_with_the_same_token_endpoint_and_client_id_share_neither_token_nor_key()
    {
        await using var scene = await Scene.StartAsync();
        var client = Client(scene);
        var one = scene.Registration with { ToolKeySet = "one" };
        var other = scene.Registration with { Id = "r2", ToolKeySet = "other" };
        var (first, second) = (Granted(await client.GetAsync(one, ScoreScope, Scene.Cancel)), Granted(await client.GetAsync(other, ScoreScope, Scene.Cancel)));

        Assert.NotEqual(first.Value, second.Value);
        client.Invalidate(other, ScoreScope, second);
        Assert.Same(first, Granted(await client.GetAsync(one, ScoreScope, Scene.Cancel)));
        var keys = new FakeToolKeys();
        Assert.Equal(
            [keys.PublicKeysOf("one")[0].KeyId, keys.PublicKeysOf("other")[0].KeyId],
            scene.Platform.TokenForms.Select(form => new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(form["client_assertion"].ToString()).Kid));

        static AccessToken Granted(AccessTokenOutcome outcome) => Assert.IsType<AccessTokenGranted>(outcome).Token;
    }

    [Fact]
    public async Task Token_is_renewed_before_it_ends_and_after_it_was_invalidated()
    {
        await using var scene = await Scene.StartAsync();
        var client = Client(scene);
        var first = await GrantedAsync(scene, client);
        scene.Clock.Advance(TimeSpan.FromMinutes(58));
        Assert.Same(first, await GrantedAsync(scene, client));
        scene.Clock.Advance(TimeSpan.FromMinutes(1.5));
        var second = await GrantedAsync(scene, client);
        Assert.NotSame(first, second);
        client.Invalidate(scene.Registration, ScoreScope, first);
        Assert.Same(second, await GrantedAsync(scene, client));
        client.Invalidate(scene.Registration, ScoreScope, second);
        Assert.NotSame(second, await GrantedAsync(scene, client));
    }

    [Fact]
    public async Task Smaller_scope_set_that_was_granted_is_respected()
    {
        await using var scene = await Scene.StartAsync();
        scene.Platform.OnToken = _ => (200, $$"""{"access_token":"t","token_type":"bearer","expires_in":"60","scope":"{{LtiScopes.LineItem}}"}""");
        var token = await GrantedAsync(scene, Client(scene), LtiScopes.Score, LtiScopes.LineItem);
        Assert.True(token.Covers(LtiScopes.LineItem));
        Assert.False(token.Covers(LtiScopes.Score));
        Assert.Equal(scene.Clock.Now.AddSeconds(60), token.ExpiresAt);
        Assert.DoesNotContain("\"t\"", token.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_client","error_description":"canary"}""", "lti.token_invalid_client", false)]
    [InlineData(400, """{"error":"Cannot handle token prior to 2026-11-30T12:00:01+0000"}""", "lti.token_clock_behind", false)]
    [InlineData(400, """{"error":"Expired token"}""", "lti.token_clock_ahead", false)]
    [InlineData(401, """{"error":"invalid_client","error_description":"the 'iat' must not be in the future"}""", "lti.token_clock_behind", false)]
    [InlineData(401, """{"error_description":"the 'iat' must be less than 300 seconds old","error":"invalid_client"}""", "lti.token_clock_ahead", false)]
    [InlineData(400, """{"error":"invalid_scope"}""", "lti.token_invalid_scope", false)]
    [InlineData(400, """{"error":"unauthorized_client"}""", "lti.token_unauthorized_client", false)]
    [InlineData(400, """{"error":"canary"}""", "lti.token_refused", false)]
    [InlineData(403, "<html>", "lti.token_refused", false)]
    [InlineData(302, "", "lti.token_refused", false)]
    [InlineData(429, "", "lti.token_throttled", true)]
    [InlineData(503, "", "lti.token_unavailable", true)]
    [InlineData(200, "{}", "lti.token_malformed_answer", false)]
    [InlineData(200, "<html>", "lti.token_malformed_answer", false)]
    [InlineData(200, """{"access_token":"a\r\nb"}""", "lti.token_malformed_answer", false)]
    [InlineData(200, """{"access_token":"a","token_type":"mac"}""", "lti.token_malformed_answer", false)]
    public async Task Refusal_of_a_token_is_a_value_and_not_kept(int status, string body, string code, bool mayPass)
    {
        await using var scene = await Scene.StartAsync();
        var client = Client(scene);
        scene.Platform.OnToken = _ => (status, body);
        var denied = Assert.IsType<AccessTokenDenied>(await client.GetAsync(scene.Registration, ScoreScope, Scene.Cancel));
        Assert.Equal((code, mayPass, status), (denied.Code, denied.MayPass, denied.Status));
        scene.Platform.OnToken = null;
        await GrantedAsync(scene, client);
    }

    [Fact]
    public async Task Platform_that_is_not_there_is_a_value()
    {
        await using var scene = await Scene.StartAsync();
        await scene.Platform.DisposeAsync();
        var denied = Assert.IsType<AccessTokenDenied>(await Client(scene).GetAsync(scene.Registration, ScoreScope, Scene.Cancel));
        Assert.Equal(("lti.token_unreachable", true, null), (denied.Code, denied.MayPass, denied.Status));
    }

    private static AccessTokenClient Client(Scene scene) => new(new FakeToolKeys(), new AccessTokenCache(scene.Clock), scene.Http, scene.Clock);

    private static async Task<AccessToken> GrantedAsync(Scene scene, AccessTokenClient client, params string[] scopes) =>
        Assert.IsType<AccessTokenGranted>(
            await client.GetAsync(scene.Registration, scopes.Length == 0 ? ScoreScope : scopes, Scene.Cancel)).Token;
}
