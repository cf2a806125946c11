using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Samples.PracticeEngine.Api;

namespace Samples.PracticeEngine.Scores;

/// <summary>The gateway's score API, with an access token of the engine's own.</summary>
internal sealed class ScoreClient(PracticeEngineOptions options, HttpClient http, ApiTokens tokens)
{
    private const string Scope = "scores.write";

    /// <summary>Hands the score over. Sending the same key again is safe.</summary>
    public Task<ScoreAnswer> SendAsync(string ticket, int given, int maximum, DateTimeOffset at, string key, CancellationToken cancel) =>
        AskAsync(
            () => new HttpRequestMessage(HttpMethod.Post, options.Provider + "/api/v1/scores")
            {
                Headers = { { "Idempotency-Key", key } },
                Content = new StringContent(Json(ticket, given, maximum, at), Encoding.UTF8, "application/json"),
            },
            cancel);

    public Task<ScoreAnswer> StateAsync(string id, CancellationToken cancel) =>
        AskAsync(() => new HttpRequestMessage(HttpMethod.Get, options.Provider + "/api/v1/scores/" + Uri.EscapeDataString(id)), cancel);

    private static string Json(string ticket, int given, int maximum, DateTimeOffset at) => JsonSerializer.Serialize(new
    {
        scoreTicket = ticket,
        scoreGiven = given,
        scoreMaximum = maximum,
        activityProgress = "Completed",
        gradingProgress = "FullyGraded",
        timestamp = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
    });

    private async Task<ScoreAnswer> AskAsync(Func<HttpRequestMessage> make, CancellationToken cancel)
    {
        try
        {
            ScoreAnswer answer = await TryOnceAsync(make, newToken: false, cancel);
            return answer.Status == HttpStatusCode.Unauthorized ? await TryOnceAsync(make, newToken: true, cancel) : answer;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or OperationCanceledException)
        {
            return new ScoreAnswer(null, null, null);
        }
    }

    private async Task<ScoreAnswer> TryOnceAsync(Func<HttpRequestMessage> make, bool newToken, CancellationToken cancel)
    {
        if (await tokens.GetAsync(Scope, newToken, cancel) is not { } token)
            return new ScoreAnswer(null, null, null);
        using HttpRequestMessage request = make();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage response = await http.SendAsync(request, cancel);
        if (!response.IsSuccessStatusCode)
            return new ScoreAnswer(response.StatusCode, null, null);
        Body? body = await response.Content.ReadFromJsonAsync<Body>(cancel);
        return new ScoreAnswer(response.StatusCode, body?.Id, body?.State);
    }

    private sealed record Body(string? Id, string? State);
}

/// <summary>The status is null when the gateway could not be reached or gave no token.</summary>
internal sealed record ScoreAnswer(HttpStatusCode? Status, string? Id, string? State);
