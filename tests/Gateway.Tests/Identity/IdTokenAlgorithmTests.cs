using System.Net;
using System.Security.Cryptography;
using Gateway.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Tests.Identity;

public sealed class IdTokenAlgorithmTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    private readonly CodeFlow flow = new(host);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Engine_that_wants_RS256_gets_it_in_id_tokens_and_nowhere_else()
    {
        var client = await RegisterAsync();
        var answer = await SignInAsync(client);
        var api = await flow.TokenAsync(new() { ["grant_type"] = "client_credentials" }, client);

        var token = new JsonWebToken(answer.Body.GetProperty("id_token").GetString());
        var key = Assert.Single(await PublishedAsync(), one => one.Kid == token.Kid);
        Assert.Equal(("RS256", "RS256", "RSA"), (token.Alg, key.Alg, key.Kty));
        Assert.True(await IsVerifiedAsync(token.EncodedToken, client, key));
        Assert.Equal("ES256", new JsonWebToken(api.Body.GetProperty("access_token").GetString()).Alg);
    }

    [Fact]
    public async Task Other_engines_keep_ES256()
    {
        await RegisterAsync();
        var answer = await flow.TokenAsync(CodeFlow.TokenRequest(await flow.CodeAsync()));

        Assert.Equal("ES256", new JsonWebToken(answer.Body.GetProperty("id_token").GetString()).Alg);
    }

    [Fact]
    public async Task Api_does_not_take_a_token_that_the_key_for_id_tokens_signed()
    {
        var pair = await host.Get<SigningKeys>().ActiveAsync(SigningPurpose.OpenIdRsa, Cancellation);
        var pattern = new JsonWebToken(await flow.ApiTokenAsync("scores.write"));
        var forged = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            Base64UrlEncoder.Decode(pattern.EncodedPayload), pair.Credentials, new Dictionary<string, object> { ["typ"] = "at+jwt" });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/scores") { Headers = { Authorization = new("Bearer", forged) } };
        using var response = await host.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact, Trait("Requirement", "L-2.5")]
    public async Task Rotation_goes_on_while_people_sign_in()
    {
        var client = await RegisterAsync();
        var rotation = host.Get<SigningKeyRotation>();
        var before = new JsonWebToken((await SignInAsync(client)).Body.GetProperty("id_token").GetString());
        var turn = await rotation.BeginAsync(SigningPurpose.OpenIdRsa, Cancellation);
        Assert.Contains(turn.Kid, (await PublishedAsync()).Select(key => key.Kid));
        host.Clock.Advance(TimeSpan.FromDays(7));
        await rotation.TendAsync(Cancellation);

        var after = new JsonWebToken((await SignInAsync(client)).Body.GetProperty("id_token").GetString());

        Assert.Equal(turn.Kid, after.Kid);
        Assert.NotEqual(before.Kid, after.Kid);
        Assert.Contains(before.Kid, (await PublishedAsync()).Select(key => key.Kid));
    }

    private async Task<string> RegisterAsync()
    {
        var client = $"engine-{RandomNumberGenerator.GetHexString(8)}";
        await host.RegisterWithRsaAsync(client);
        return client;
    }

    private async Task<TokenAnswer> SignInAsync(string client)
    {
        var request = flow.AuthorizeRequest(host.Get<SignInTickets>().Issue(host.NewTicket(client)));
        request["client_id"] = client;
        using var response = await flow.AuthorizeAsync(request);
        return await flow.TokenAsync(CodeFlow.TokenRequest(CodeFlow.Returned(response)["code"]), client);
    }

    private async Task<IList<JsonWebKey>> PublishedAsync() =>
        new JsonWebKeySet(await host.Http.GetStringAsync("/connect/jwks", Cancellation)).Keys;

    private async Task<bool> IsVerifiedAsync(string token, string client, JsonWebKey key) =>
        (await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = host.Url,
            ValidAudience = client,
            IssuerSigningKey = key,
            ValidateLifetime = false,
        })).IsValid;
}
