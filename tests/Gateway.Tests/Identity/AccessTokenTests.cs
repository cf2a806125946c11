using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Gateway.Identity;
using Gateway.Identity.Token;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Tests.Identity;

public sealed class AccessTokenTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    private readonly CodeFlow flow = new(host);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Access_token_is_what_RFC_9068_describes()
    {
        var answer = await flow.TokenAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = "scores.write roster.read" });
        Assert.Equal(600, answer.Body.GetProperty("expires_in").GetInt32());
        Assert.Equal("scores.write roster.read", answer.Body.GetProperty("scope").GetString());
        Assert.False(answer.Body.TryGetProperty("id_token", out _));

        var token = new JsonWebToken(answer.Body.GetProperty("access_token").GetString());
        Assert.Equal("at+jwt", token.Typ);
        Assert.Equal("ES256", token.Alg);
        var claims = JsonDocument.Parse(Base64UrlEncoder.Decode(token.EncodedPayload)).RootElement;
        Assert.Equal(
            ["aud", "client_id", "credential", "exp", "iat", "iss", "jti", "scope", "sub"], claims.EnumerateObject().Select(c => c.Name).Order(StringComparer.Ordinal));
        Assert.Equal($"{host.Url}/api", claims.GetProperty("aud").GetString());
        Assert.Equal(IdentityHost.Engine, claims.GetProperty("sub").GetString());
        Assert.Equal(IdentityHost.Engine, claims.GetProperty("client_id").GetString());
        Assert.Equal(600, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
    }

    [Fact]
    public async Task Who_names_no_scope_gets_all_of_them()
    {
        var answer = await flow.TokenAsync(new() { ["grant_type"] = "client_credentials" });

        Assert.Equal("roster.read scores.write events.read", answer.Body.GetProperty("scope").GetString());
    }

    [Theory]
    [InlineData("scores.write admin")]
    [InlineData("openid")]
    public async Task Unknown_scope_is_refused(string scope)
    {
        var answer = await flow.TokenAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = scope });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("invalid_scope", answer.Error);
    }

    [Fact]
    public async Task Api_lets_a_token_with_the_scope_pass_and_knows_the_engine()
    {
        using var response = await CallAsync(await flow.ApiTokenAsync("scores.write"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(IdentityHost.Engine, await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Api_refuses_a_token_without_the_scope()
    {
        using var response = await CallAsync(await flow.ApiTokenAsync("roster.read events.read"));

        await AssertProblemAsync(response, HttpStatusCode.Forbidden, "api.scope_missing", "error=\"insufficient_scope\", scope=\"scores.write\"");
    }

    [Fact]
    public async Task Api_refuses_who_shows_no_token()
    {
        using var response = await host.Http.GetAsync("/api/scores", Cancellation);

        await AssertProblemAsync(response, HttpStatusCode.Unauthorized, "api.token_invalid", null);
    }

    [Fact]
    public async Task Api_refuses_an_expired_token()
    {
        var token = await flow.ApiTokenAsync("scores.write");
        host.Clock.Advance(AccessTokens.Lifetime);

        await AssertInvalidAsync(token);
    }

    [Fact]
    public async Task Api_refuses_a_token_that_it_knows_when_its_time_is_over_or_its_key_is_withdrawn()
    {
        var old = await flow.ApiTokenAsync("scores.write");
        await AssertTakenAsync(old);
        host.Clock.Advance(AccessTokens.Lifetime);
        await AssertInvalidAsync(old);

        var withdrawn = await flow.ApiTokenAsync("scores.write");
        await AssertTakenAsync(withdrawn);
        await host.Get<SigningKeyRotation>().ReplaceAsync(SigningPurpose.OpenId, Cancellation);
        await AssertInvalidAsync(withdrawn);
        await AssertTakenAsync(await flow.ApiTokenAsync("scores.write"));
    }

    [Fact]
    public async Task Api_knows_each_token_by_the_whole_of_it()
    {
        var token = await flow.ApiTokenAsync("scores.write");
        await AssertTakenAsync(token);

        await AssertInvalidAsync($"{token}A");
        await AssertInvalidAsync(token[..^1]);
        await AssertInvalidAsync($"{token[..^10]}{(token[^10] == 'A' ? 'B' : 'A')}{token[^9..]}");
        await AssertTakenAsync(token);
    }

    [Fact]
    public async Task Api_refuses_the_tokens_of_a_sign_in()
    {
        var answer = await flow.TokenAsync(CodeFlow.TokenRequest(await flow.CodeAsync()));

        await AssertInvalidAsync(answer.Body.GetProperty("access_token").GetString()!);
        await AssertInvalidAsync(answer.Body.GetProperty("id_token").GetString()!);
    }

    [Fact]
    public async Task Api_refuses_an_altered_an_unsigned_and_a_foreign_token()
    {
        var token = await flow.ApiTokenAsync("roster.read");
        var parts = token.Split('.');
        var wider = Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("roster.read", "scores.write", StringComparison.Ordinal));
        var none = Base64UrlEncoder.Encode("""{"alg":"none","typ":"at+jwt"}""");

        await AssertInvalidAsync($"{parts[0]}.{wider}.{parts[2]}");
        await AssertInvalidAsync($"{none}.{parts[1]}.");
        await AssertInvalidAsync(ForeignToken(new JsonWebToken(token)));
        await AssertInvalidAsync("nonsense");
    }

    [Fact]
    public async Task Api_refuses_a_token_of_a_client_that_is_no_longer_there()
    {
        var token = await host.Get<AccessTokens>().ForEngineAsync("gone", 1, "scores.write", Cancellation);

        await AssertInvalidAsync(token);
    }

    // Right in everything, but for the key.
    private static string ForeignToken(JsonWebToken pattern)
    {
        var (pair, _) = SigningKeyPair.Create(SecurityAlgorithms.EcdsaSha256);
        pair.Key.KeyId = pattern.Kid;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = pattern.Typ,
            Claims = JsonDocument.Parse(Base64UrlEncoder.Decode(pattern.EncodedPayload)).RootElement
                .EnumerateObject().ToDictionary(c => c.Name, object (c) => c.Name == "scope" ? "scores.write" : c.Value),
            SigningCredentials = pair.Credentials,
        });
    }

    private async Task AssertTakenAsync(string token)
    {
        using var response = await CallAsync(token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task AssertInvalidAsync(string token)
    {
        using var response = await CallAsync(token);
        await AssertProblemAsync(response, HttpStatusCode.Unauthorized, "api.token_invalid", "error=\"invalid_token\"");
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code, string? parameter)
    {
        Assert.Equal(status, response.StatusCode);
        var challenge = Assert.Single(response.Headers.WwwAuthenticate);
        Assert.Equal("Bearer", challenge.Scheme);
        Assert.Equal(parameter, challenge.Parameter);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
    }

    private async Task<HttpResponseMessage> CallAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/scores");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await host.Http.SendAsync(request, Cancellation);
    }
}
