using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Gateway.Identity;
using Gateway.Identity.UserInfo;

namespace Gateway.Tests.Identity;

public sealed class UserInfoTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    private readonly CodeFlow flow = new(host);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task Userinfo_says_what_the_id_token_said_of_the_person_and_nothing_more(string method)
    {
        var answer = await flow.TokenAsync(CodeFlow.TokenRequest(await flow.CodeAsync()));
        var said = CodeFlow.ClaimsOf(answer);

        using var response = await AskAsync(AccessTokenOf(answer), new HttpMethod(method));
        var claims = await ClaimsAsync(response);

        Assert.Equal(["district", "role", "sub"], claims.EnumerateObject().Select(c => c.Name).Order(StringComparer.Ordinal));
        Assert.All(claims.EnumerateObject(), claim => Assert.Equal(said.GetProperty(claim.Name).GetString(), claim.Value.GetString()));
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Guest_is_a_guest_there_too()
    {
        var ticket = host.Get<SignInTickets>().Issue(host.NewTicket() with { LearnerId = null });
        var answer = await flow.TokenAsync(CodeFlow.TokenRequest(await flow.CodeAsync(ticket)));

        using var response = await AskAsync(AccessTokenOf(answer));
        var claims = await ClaimsAsync(response);

        Assert.True(claims.GetProperty("guest").GetBoolean());
        Assert.Equal(CodeFlow.ClaimsOf(answer).GetProperty("sub").GetString(), claims.GetProperty("sub").GetString());
    }

    [Fact]
    public async Task Who_shows_no_token_is_told_the_scheme_and_no_error()
    {
        var token = AccessTokenOf(await flow.TokenAsync(CodeFlow.TokenRequest(await flow.CodeAsync())));
        using var bare = await AskAsync(null);
        using var query = await host.Http.GetAsync($"/connect/userinfo?access_token={token}", Cancellation);
        using var form = new FormUrlEncodedContent([new("access_token", token)]);
        using var posted = await host.Http.PostAsync("/connect/userinfo", form, Cancellation);

        await AssertRefusedAsync(bare, null);
        await AssertRefusedAsync(query, null);
        await AssertRefusedAsync(posted, null);
    }

    [Fact]
    public async Task Other_tokens_are_not_valid_there()
    {
        var answer = await flow.TokenAsync(CodeFlow.TokenRequest(await flow.CodeAsync()));
        var token = AccessTokenOf(answer);

        await AssertInvalidAsync(answer.Body.GetProperty("id_token").GetString()!);
        await AssertInvalidAsync(await flow.ApiTokenAsync("roster.read"));
        await AssertInvalidAsync(await flow.CodeAsync());
        await AssertInvalidAsync(host.Get<SignInTickets>().Issue(host.NewTicket()));
        await AssertInvalidAsync(token[..^4] + (token.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA"));
        await AssertInvalidAsync("nonsense");
        using var response = await AskAsync(token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Token_is_good_for_five_minutes()
    {
        var token = AccessTokenOf(await flow.TokenAsync(CodeFlow.TokenRequest(await flow.CodeAsync())));
        host.Clock.Advance(SignInAccessTokens.Lifetime - TimeSpan.FromSeconds(1));
        using var inTime = await AskAsync(token);
        Assert.Equal(HttpStatusCode.OK, inTime.StatusCode);

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await AssertInvalidAsync(token);
    }

    [Fact]
    public async Task Replay_of_a_code_revokes_what_its_first_use_gave_on_every_replica()
    {
        await using var other = IdentityHost.Build(host.Database, host.Clock);
        await other.StartAsync(Cancellation);
        var (code, bystander) = (await flow.CodeAsync(), await flow.CodeAsync());
        var token = AccessTokenOf(await flow.TokenAsync(CodeFlow.TokenRequest(code)));
        var another = AccessTokenOf(await flow.TokenAsync(CodeFlow.TokenRequest(bystander)));

        Assert.Equal("invalid_grant", (await flow.TokenAsync(CodeFlow.TokenRequest(code))).Error);

        await AssertInvalidAsync(token);
        using var request = Request(token, HttpMethod.Get, new Uri($"{other.Urls.First()}/connect/userinfo"));
        using var there = await host.Http.SendAsync(request, Cancellation);
        await AssertRefusedAsync(there, "error=\"invalid_token\"");
        using var untouched = await AskAsync(another);
        Assert.Equal(HttpStatusCode.OK, untouched.StatusCode);
        // A third time there is nothing left to revoke.
        Assert.Equal("invalid_grant", (await flow.TokenAsync(CodeFlow.TokenRequest(code))).Error);
    }

    [Fact]
    public async Task Who_cannot_use_a_code_cannot_revoke_what_it_gave()
    {
        var code = await flow.CodeAsync();
        var token = AccessTokenOf(await flow.TokenAsync(CodeFlow.TokenRequest(code)));
        var wrongVerifier = CodeFlow.TokenRequest(code);
        wrongVerifier["code_verifier"] = "another-verifier-of-at-least-43-characters-0123456";
        var otherAddress = CodeFlow.TokenRequest(code);
        otherAddress["redirect_uri"] = IdentityHost.OtherRedirectUri;

        Assert.Equal("invalid_grant", (await flow.TokenAsync(wrongVerifier)).Error);
        Assert.Equal("invalid_grant", (await flow.TokenAsync(otherAddress)).Error);
        Assert.Equal("invalid_grant", (await flow.TokenAsync(CodeFlow.TokenRequest(code), IdentityHost.OtherEngine)).Error);
        Assert.Equal("invalid_client", (await flow.TokenAsync(CodeFlow.TokenRequest(code), secret: "a wrong secret of more than 32 characters")).Error);

        using var response = await AskAsync(token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static string AccessTokenOf(TokenAnswer answer) => answer.Body.GetProperty("access_token").GetString()!;

    private static HttpRequestMessage Request(string? token, HttpMethod method, Uri address) =>
        new(method, address) { Headers = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) } };

    private async Task<HttpResponseMessage> AskAsync(string? token, HttpMethod? method = null)
    {
        using var request = Request(token, method ?? HttpMethod.Get, new Uri($"{host.Url}/connect/userinfo"));
        return await host.Http.SendAsync(request, Cancellation);
    }

    private static async Task<JsonElement> ClaimsAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement;
    }

    private async Task AssertInvalidAsync(string token)
    {
        using var response = await AskAsync(token);
        await AssertRefusedAsync(response, "error=\"invalid_token\"");
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage response, string? parameter)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var challenge = Assert.Single(response.Headers.WwwAuthenticate);
        Assert.Equal(("Bearer", parameter), (challenge.Scheme, challenge.Parameter));
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement;
        Assert.Equal("api.token_invalid", problem.GetProperty("code").GetString());
        Assert.False(problem.TryGetProperty("sub", out _));
    }
}
