using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Gateway.Privacy;
using Lti.Tests.Platform;

namespace Gateway.Tests.Identity;

public sealed class ClientAssertionTests(IdentityHost host) : IClassFixture<IdentityHost>, IAsyncLifetime
{
    private const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static readonly Dictionary<string, Action<JsonObject, IdentityHost>> Bent = new()
    {
        ["another issuer"] = (claims, _) => claims["iss"] = IdentityHost.Engine,
        ["another subject"] = (claims, _) => claims["sub"] = IdentityHost.Engine,
        ["no issuer"] = (claims, _) => claims.Remove("iss"),
        ["no subject"] = (claims, _) => claims.Remove("sub"),
        ["another audience"] = (claims, _) => claims["aud"] = "https://elsewhere.example/token",
        ["an audience with another path"] = (claims, host) => claims["aud"] = $"{host.Url}/connect/authorize",
        ["other audiences"] = (claims, host) => claims["aud"] = new JsonArray("https://elsewhere.example", $"{host.Url}/connect"),
        ["no audience"] = (claims, _) => claims.Remove("aud"),
        ["no expiry"] = (claims, _) => claims.Remove("exp"),
        ["expired beyond the leeway"] = (claims, host) => claims["exp"] = host.Clock.GetUtcNow().ToUnixTimeSeconds() - 60,
        ["good for too long"] = (claims, host) => claims["exp"] = host.Clock.GetUtcNow().ToUnixTimeSeconds() + 661,
        ["an expiry in words"] = (claims, _) => claims["exp"] = "soon",
        ["not good yet"] = (claims, host) => claims["nbf"] = host.Clock.GetUtcNow().ToUnixTimeSeconds() + 61,
        ["made in the future"] = (claims, host) => claims["iat"] = host.Clock.GetUtcNow().ToUnixTimeSeconds() + 61,
        ["no id"] = (claims, _) => claims.Remove("jti"),
        ["an empty id"] = (claims, _) => claims["jti"] = "",
        ["an id of a thousand characters"] = (claims, _) => claims["jti"] = new string('i', 1_000),
    };

    private readonly CodeFlow flow = new(host);
    private readonly string client = $"engine-{RandomNumberGenerator.GetHexString(8)}";
    private EngineKeys keys = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names { get; } = [.. Bent.Keys];

    public async ValueTask InitializeAsync()
    {
        keys = await EngineKeys.StartAsync();
        await host.RegisterWithKeysAsync(client, keys.Url);
    }

    public ValueTask DisposeAsync() => keys.DisposeAsync();

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task Assertion_with_an_asymmetric_algorithm_is_accepted(string algorithm)
    {
        var key = new[] { SigningKey.First, SigningKey.Pss, SigningKey.Elliptic }.Single(one => one.Algorithm == algorithm);

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(EngineKeys.Sign(Claims(), key))).Status);
    }

    [Fact]
    public async Task Audience_is_the_token_endpoint_or_the_issuer_alone_or_in_a_list()
    {
        foreach (var audience in (JsonNode[])[$"{host.Url}/connect/token", host.Url, new JsonArray("https://elsewhere.example", host.Url)])
        {
            var claims = Claims();
            claims["aud"] = audience;
            Assert.Equal(HttpStatusCode.OK, (await AskAsync(EngineKeys.Sign(claims))).Status);
        }
    }

    [Fact]
    public async Task Clocks_may_differ_by_a_minute()
    {
        var (ahead, behind, now) = (Claims(), Claims(), host.Clock.GetUtcNow().ToUnixTimeSeconds());
        (ahead["exp"], ahead["iat"], ahead["nbf"]) = (now + 660, now + 60, now + 60);
        behind["exp"] = now - 59;

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(EngineKeys.Sign(ahead))).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(EngineKeys.Sign(behind))).Status);
    }

    [Fact]
    public async Task Client_id_may_stay_away_and_must_be_right_where_it_is()
    {
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(EngineKeys.Sign(Claims()), ("client_id", client))).Status);
        AssertRefused(await AskAsync(EngineKeys.Sign(Claims()), ("client_id", IdentityHost.Engine)));
        AssertRefused(await AskAsync(EngineKeys.Sign(Claims()), ("client_id", "nobody")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Assertion_with_a_wrong_claim_is_refused_and_uses_up_nothing(string name)
    {
        var (right, wrong) = (Claims(), Claims());
        wrong["jti"] = right["jti"]!.GetValue<string>();
        Bent[name](wrong, host);

        AssertRefused(await AskAsync(EngineKeys.Sign(wrong), ("client_id", client)));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(EngineKeys.Sign(right), ("client_id", client))).Status);
    }

    [Fact]
    public async Task Assertion_that_is_not_signed_with_a_published_key_is_refused()
    {
        var claims = Claims();
        var secret = $"{{\"alg\":\"HS256\",\"kid\":\"{SigningKey.First.KeyId}\"}}";
        var right = EngineKeys.Sign(claims);
        AssertRefused(await AskAsync(EngineKeys.Sign(claims, SigningKey.Second)));
        AssertRefused(await AskAsync(EngineKeys.Sign(claims, SigningKey.Second, new() { ["alg"] = "RS256", ["kid"] = SigningKey.First.KeyId })));
        AssertRefused(await AskAsync(EngineKeys.Sign(claims, header: new() { ["alg"] = "none" })));
        AssertRefused(await AskAsync(EngineKeys.Sign(claims, header: new() { ["alg"] = "ES256" })));
        AssertRefused(await AskAsync(EngineKeys.Sign(claims, header: new() { ["alg"] = "RS256", ["kid"] = SigningKey.Elliptic.KeyId })));
        AssertRefused(await AskAsync(EngineKeys.Sign(claims, SigningKey.Second, new() { ["alg"] = "RS256", ["kid"] = "second", ["jwk"] = SigningKey.Second.ToJwk() })));
        AssertRefused(await AskAsync(SigningKey.First.Sign(secret, claims.ToJsonString())));
        AssertRefused(await AskAsync(right[..right.LastIndexOf('.')] + "."));
        AssertRefused(await AskAsync("nonsense"));
        AssertRefused(await AskAsync(SigningKey.Elliptic.Sign("""{"alg":"ES256","kid":"elliptic"}""", $$"""{"sub":"{{client}}",{{claims.ToJsonString()[1..]}}""")));

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(right)).Status);
    }

    [Fact]
    public async Task Assertion_is_good_once_on_all_replicas_together()
    {
        await using var other = IdentityHost.Build(host.Database, host.Clock);
        await other.StartAsync(Cancellation);
        using var http = new HttpClient { BaseAddress = new Uri(other.Urls.First()) };
        var claims = Claims();
        claims["aud"] = new JsonArray(host.Url, other.Urls.First());
        var assertion = EngineKeys.Sign(claims);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => AskAsync(i % 2 == 0 ? host.Http : http, assertion)));
        host.Clock.Advance(TimeSpan.FromSeconds(100));
        var late = await AskAsync(assertion);

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK).Append(late), AssertRefused);
        // Signed anew, it is the same assertion still.
        AssertRefused(await AskAsync(EngineKeys.Sign(claims, SigningKey.First)));
    }

    [Fact]
    public async Task Used_assertion_is_kept_as_a_hash_of_its_client_until_nobody_would_accept_it()
    {
        var stored = $"select count(*) from gateway.client_assertion where client_id = '{client}'";
        await using var keysOfOther = await EngineKeys.StartAsync();
        var other = $"engine-{RandomNumberGenerator.GetHexString(8)}";
        await host.RegisterWithKeysAsync(other, keysOfOther.Url);
        var (mine, theirs) = (Claims(), EngineKeys.Claims(other, host.Url, host.Clock.GetUtcNow()));
        theirs["jti"] = mine["jti"]!.GetValue<string>();
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(EngineKeys.Sign(mine))).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(EngineKeys.Sign(theirs))).Status);
        Assert.DoesNotContain(mine["jti"]!.GetValue<string>(), await host.Database.AskAsOwnerAsync<string>("select string_agg(jti::text, ' ') from gateway.client_assertion"), StringComparison.Ordinal);

        var purge = new PurgeExpired(host.Database.Database, host.Clock);
        host.Clock.Advance(TimeSpan.FromSeconds(119));
        await purge.RunAsync(Cancellation);
        Assert.Equal(1, await host.Database.AskAsOwnerAsync<long>(stored));
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        await purge.RunAsync(Cancellation);
        Assert.Equal(0, await host.Database.AskAsOwnerAsync<long>(stored));
    }

    [Fact]
    public async Task Keys_are_fetched_once_and_again_when_a_new_one_signs_and_kept_while_they_cannot_be_fetched()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => AskAsync(EngineKeys.Sign(Claims()))));
        Assert.Equal(1, keys.Fetches);

        keys.Published.Add(SigningKey.Second);
        AssertRefused(await AskAsync(EngineKeys.Sign(Claims(), SigningKey.Second)));
        host.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(EngineKeys.Sign(Claims(), SigningKey.Second))).Status);
        Assert.Equal(2, keys.Fetches);

        keys.IsDown = true;
        host.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(EngineKeys.Sign(Claims()))).Status);
        Assert.Equal(3, keys.Fetches);
    }

    [Fact]
    public async Task Client_uses_the_method_that_it_was_registered_with_and_one_at_a_time()
    {
        var assertion = EngineKeys.Sign(Claims());
        AssertRefused(await flow.TokenAsync(new() { ["grant_type"] = "client_credentials" }, client));
        AssertRefused(await AskAsync(EngineKeys.Sign(EngineKeys.Claims(IdentityHost.Engine, host.Url, host.Clock.GetUtcNow()))));
        var two = await AskAsync(assertion, ("client_id", client), ("client_secret", IdentityHost.Secret));
        var header = await flow.TokenAsync(new() { ["grant_type"] = "client_credentials", ["client_assertion"] = assertion, ["client_assertion_type"] = Type });

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (two.Status, two.Error));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (header.Status, header.Error));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(assertion)).Status);
    }

    [Theory]
    [InlineData("urn:ietf:params:oauth:client-assertion-type:saml2-bearer")]
    [InlineData("")]
    public async Task Type_of_the_assertion_must_be_said(string type) => AssertRefused(
        await PostAsync(host.Http, [new("client_assertion", EngineKeys.Sign(Claims())), new("client_assertion_type", type)]));

    private JsonObject Claims() => EngineKeys.Claims(client, $"{host.Url}/connect/token", host.Clock.GetUtcNow());

    private Task<TokenAnswer> AskAsync(string assertion, params (string Name, string Value)[] more) =>
        AskAsync(host.Http, assertion, more);

    private Task<TokenAnswer> AskAsync(HttpClient http, string assertion, params (string Name, string Value)[] more) => PostAsync(
        http, [new("client_assertion", assertion), new("client_assertion_type", Type), .. more.Select(m => KeyValuePair.Create(m.Name, m.Value))]);

    private static async Task<TokenAnswer> PostAsync(HttpClient http, KeyValuePair<string, string>[] credentials)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), .. credentials]),
        };
        return await CodeFlow.SendAsync(http, request);
    }

    private static void AssertRefused(TokenAnswer answer) =>
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), (answer.Status, answer.Error));
}
