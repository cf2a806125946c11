using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Stage;

/// <summary>A score as an engine sends it; the names are the API's.</summary>
internal sealed record ScoreToSend(object? ScoreTicket, object? ScoreGiven = null, object? ScoreMaximum = null, string? GradingProgress = null, string? Timestamp = null);

/// <summary>A registered engine that takes each step by hand and keeps everything that it is told.</summary>
internal sealed class TestEngine(TestStage stage, string id = TestStage.EngineId, string secret = TestStage.EngineSecret) : IDisposable
{
    private const string Verifier = "a-verifier-of-at-least-43-characters-0123456789";
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);
    // Without traces of its own: those of this process are the gateway's.
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null });

    private readonly ConcurrentDictionary<string, (string Token, DateTimeOffset Until)> tokens = new();

    /// <summary>Every answer's headers and body, and every id_token's content.</summary>
    public ConcurrentQueue<string> Received { get; } = new();

    /// <summary>From the hand-off to the claims of the id_token.</summary>
    public async Task<JsonElement> SignInAsync(Uri handOff)
    {
        Received.Enqueue(handOff.OriginalString);
        var authorized = await AuthorizeAsync(handOff, stage.KeptCookies.GetValueOrDefault(handOff.OriginalString, ""));
        var token = await TokenAsync(new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = QueryHelpers.ParseQuery(authorized.Onward!.Query)["code"].ToString(),
            ["redirect_uri"] = $"{stage.EngineUrl}/oidc/callback",
            ["code_verifier"] = Verifier,
        });
        var payload = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Json.GetProperty("id_token").GetString()!.Split('.')[1]));
        Received.Enqueue(payload);
        await AskAsync(() => new(HttpMethod.Get, stage.GatewayUrl + "/connect/userinfo") { Headers = { Authorization = new("Bearer", token.Json.GetProperty("access_token").GetString()) } });
        return JsonDocument.Parse(payload).RootElement;
    }

    /// <summary>The authorization request that the engine answers a hand-off with, from a browser with these cookies.</summary>
    public Task<Answer> AuthorizeAsync(Uri handOff, string cookies) => AskAsync(() =>
    {
        var request = new HttpRequestMessage(HttpMethod.Get, QueryHelpers.AddQueryString($"{stage.GatewayUrl}/connect/authorize", new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = id,
            ["redirect_uri"] = $"{stage.EngineUrl}/oidc/callback",
            ["scope"] = "openid",
            ["nonce"] = "a nonce",
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
            ["login_hint"] = QueryHelpers.ParseQuery(handOff.Query)["login_hint"].ToString(),
        }));
        if (cookies.Length > 0)
            request.Headers.Add("Cookie", cookies);
        return request;
    });

    public async Task<string> AccessTokenAsync(string scope = "scores.write") =>
        (await TokenAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = scope })).Json.GetProperty("access_token").GetString()!;

    /// <summary>Asks the API for something, with a token of its own for the scope.</summary>
    public async Task<Answer> GetAsync(string path, string scope = "roster.read", string? ifNoneMatch = null)
    {
        var token = await TokenForAsync(scope);
        return await AskAsync(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, AddressOf(path)) { Headers = { Authorization = new("Bearer", token) } };
            if (ifNoneMatch is not null)
                request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
            return request;
        });
    }

    /// <summary>Posts to the API without a body, with a token of its own for the scope.</summary>
    public async Task<Answer> PostAsync(string path, string scope)
    {
        var token = await TokenForAsync(scope);
        return await AskAsync(() => new(HttpMethod.Post, AddressOf(path)) { Headers = { Authorization = new("Bearer", token) } });
    }

    /// <summary>An access token, asked for once a minute of the stage's time.</summary>
    public async ValueTask<string> TokenForAsync(string scope)
    {
        if (tokens.TryGetValue(scope, out var known) && known.Until > stage.Clock.GetUtcNow())
            return known.Token;
        var token = await AccessTokenAsync(scope);
        tokens[scope] = (token, stage.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        return token;
    }

    public async Task<Answer> PostScoreAsync(ScoreToSend score, string? key, string? accessToken = null)
    {
        var token = accessToken ?? await AccessTokenAsync();
        return await AskAsync(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, stage.GatewayUrl + "/api/v1/scores") { Content = JsonContent.Create(score, options: Web) };
            request.Headers.Authorization = token.Length == 0 ? null : new AuthenticationHeaderValue("Bearer", token);
            if (key is not null)
                request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
            return request;
        });
    }

    public async Task<Answer> GetScoreAsync(Guid score, string? accessToken = null)
    {
        var token = accessToken ?? await AccessTokenAsync();
        return await AskAsync(() => new(HttpMethod.Get, $"{stage.GatewayUrl}/api/v1/scores/{score}") { Headers = { Authorization = new("Bearer", token) } });
    }

    /// <summary>Waits until the score is in this state, and gives its status.</summary>
    public async Task<JsonElement> WaitForAsync(Guid score, string state)
    {
        Answer? last = null;
        await Until.TrueAsync(async () => (last = await GetScoreAsync(score)).Json.GetProperty("state").GetString() == state, $"a score that is {state}");
        return last!.Json;
    }

    public void Dispose() => http.Dispose();

    // The next page of a list comes as a whole address.
    private string AddressOf(string path) => path.StartsWith('/') ? stage.GatewayUrl + path : path;

    private Task<Answer> TokenAsync(Dictionary<string, string> form) => AskAsync(() => new(HttpMethod.Post, stage.GatewayUrl + "/connect/token")
    {
        Content = new FormUrlEncodedContent(form),
        Headers = { Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret)}"))) },
    });

    private async Task<Answer> AskAsync(Func<HttpRequestMessage> make)
    {
        using var request = make();
        var answer = await Answer.ReadAsync(await http.SendAsync(request));
        Received.Enqueue($"{answer.Headers}\n{answer.Body}");
        return answer;
    }
}
