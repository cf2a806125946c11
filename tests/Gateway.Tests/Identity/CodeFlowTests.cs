using System.Net;
using System.Text.Json;
using Gateway.Identity;
using Gateway.Privacy;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Tests.Identity;

public sealed class CodeFlowTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    private readonly CodeFlow flow = new(host);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whole_flow_from_hand_off_to_id_token()
    {
        var ticket = host.NewTicket();
        var engine = (await host.Get<EngineClients>().FindAsync(IdentityHost.Engine, Cancellation))!;
        var handOff = new Uri(host.Get<EngineHandOff>().UrlFor(engine, ticket));
        var given = QueryHelpers.ParseQuery(handOff.Query);
        Assert.Equal("https://engine.example/login", handOff.GetLeftPart(UriPartial.Path));
        Assert.Equal(host.Url, given["iss"]);
        Assert.Equal(ticket.TargetLinkUri, given["target_link_uri"]);

        using var authorized = await flow.AuthorizeAsync(flow.AuthorizeRequest(given["login_hint"]));
        var returned = CodeFlow.Returned(authorized);
        Assert.Equal(["code", "iss", "keep", "state"], returned.Keys.Order());
        Assert.Equal("the state & more", returned["state"]);
        Assert.Equal(host.Url, returned["iss"]);
        Assert.Equal("me", returned["keep"]);
        Assert.False(authorized.Headers.Contains("Set-Cookie"));
        Assert.True(authorized.Headers.CacheControl!.NoStore);

        var answer = await flow.TokenAsync(CodeFlow.TokenRequest(returned["code"]));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal(["access_token", "expires_in", "id_token", "scope", "token_type"], answer.Body.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal("Bearer", answer.Body.GetProperty("token_type").GetString());
        Assert.Equal(300, answer.Body.GetProperty("expires_in").GetInt32());
    }

    [Fact]
    public async Task Id_token_holds_exactly_the_agreed_claims_and_verifies_with_the_published_keys()
    {
        var ticket = host.NewTicket(learner: 4_711);
        var (header, claims) = await IdTokenAsync(ticket);

        Assert.Equal("ES256", header.Alg);
        Assert.Equal(
            ["aud", "auth_time", "district", "exp", "iat", "iss", "launch", "nonce", "role", "score_ticket", "sub", "target_link_uri"],
            claims.EnumerateObject().Select(c => c.Name).Order(StringComparer.Ordinal));
        var now = host.Clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(host.Url, claims.GetProperty("iss").GetString());
        Assert.Equal(IdentityHost.Engine, claims.GetProperty("aud").GetString());
        Assert.Equal(now, claims.GetProperty("iat").GetInt64());
        Assert.Equal(now + 300, claims.GetProperty("exp").GetInt64());
        Assert.Equal(ticket.LaunchedAt.ToUnixTimeSeconds(), claims.GetProperty("auth_time").GetInt64());
        Assert.Equal(CodeFlow.Nonce, claims.GetProperty("nonce").GetString());
        Assert.Equal("student", claims.GetProperty("role").GetString());
        Assert.Equal("maple", claims.GetProperty("district").GetString());
        Assert.Equal(ticket.TargetLinkUri, claims.GetProperty("target_link_uri").GetString());
        Assert.Equal(ticket.ScoreTicket, claims.GetProperty("score_ticket").GetString());
        Assert.Equal(
            """{"message_type":"LtiResourceLinkRequest","resource_link_id":"link-1","context_id":"course-1"}""",
            claims.GetProperty("launch").GetRawText());

        var engine = (await host.Get<EngineClients>().FindAsync(IdentityHost.Engine, Cancellation))!;
        Assert.Equal(4_711, engine.Ids.RowOf(EngineIdKind.Learner, host.District, claims.GetProperty("sub").GetString()));
    }

    [Fact]
    public async Task Id_token_leaves_out_what_the_launch_did_not_have()
    {
        var bare = host.NewTicket() with { ResourceLinkId = null, ContextId = null, TargetLinkUri = null, ScoreTicket = null, Role = "teacher" };
        var (_, claims) = await IdTokenAsync(bare);

        Assert.Equal(
            ["aud", "auth_time", "district", "exp", "iat", "iss", "launch", "nonce", "role", "sub"],
            claims.EnumerateObject().Select(c => c.Name).Order(StringComparer.Ordinal));
        Assert.Equal("""{"message_type":"LtiResourceLinkRequest"}""", claims.GetProperty("launch").GetRawText());
        Assert.Equal("teacher", claims.GetProperty("role").GetString());
    }

    [Fact]
    public async Task Two_engines_never_see_the_same_id_for_a_learner()
    {
        var (_, mine) = await IdTokenAsync(host.NewTicket());
        var (_, theirs) = await IdTokenAsync(host.NewTicket(IdentityHost.OtherEngine), IdentityHost.OtherEngine);

        Assert.NotEqual(mine.GetProperty("sub").GetString(), theirs.GetProperty("sub").GetString());
    }

    [Fact]
    public async Task Posted_authorization_request_is_answered_as_a_get_is()
    {
        using var form = new FormUrlEncodedContent(flow.AuthorizeRequest()!);
        using var response = await host.Http.PostAsync("/connect/authorize", form, Cancellation);

        var code = CodeFlow.Returned(response)["code"];
        Assert.Equal(HttpStatusCode.OK, (await flow.TokenAsync(CodeFlow.TokenRequest(code))).Status);
    }

    private async Task<(JsonWebToken Header, JsonElement Claims)> IdTokenAsync(SignInTicket ticket, string client = IdentityHost.Engine)
    {
        var request = flow.AuthorizeRequest(host.Get<SignInTickets>().Issue(ticket));
        request["client_id"] = client;
        using var response = await flow.AuthorizeAsync(request);
        var answer = await flow.TokenAsync(CodeFlow.TokenRequest(CodeFlow.Returned(response)["code"]), client);
        var token = answer.Body.GetProperty("id_token").GetString()!;

        var keys = new JsonWebKeySet(await host.Http.GetStringAsync("/connect/jwks", Cancellation));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = host.Url,
            ValidAudience = client,
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidateLifetime = false,
        });
        Assert.True(result.IsValid);
        return ((JsonWebToken)result.SecurityToken, JsonDocument.Parse(Base64UrlEncoder.Decode(token.Split('.')[1])).RootElement);
    }
}
