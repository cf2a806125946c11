using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Samples.PracticeEngine.SignIn;

/// <summary>The token endpoint: a code for an id_token, or the client's own credentials for an access token (client_secret_basic).</summary>
internal sealed class CodeExchange(PracticeEngineOptions options, HttpClient http, OwnAddress own)
{
    public async Task<string?> IdTokenAsync(string tokenEndpoint, string code, string codeVerifier, CancellationToken cancel) =>
        (await PostAsync(tokenEndpoint, cancel,
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", own.Callback), ("code_verifier", codeVerifier)))
        ?.IdToken;

    /// <summary>The access token and for how many seconds it is good.</summary>
    public async Task<(string Token, int Seconds)?> AccessTokenAsync(string tokenEndpoint, string scope, CancellationToken cancel) =>
        await PostAsync(tokenEndpoint, cancel, ("grant_type", "client_credentials"), ("scope", scope)) is { AccessToken: { } token } answer
            ? (token, answer.ExpiresIn)
            : null;

    private async Task<Answer?> PostAsync(string endpoint, CancellationToken cancel, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        // RFC 6749 2.3.1: both parts are form-encoded before they are joined.
        string basic = Uri.EscapeDataString(options.ClientId) + ":" + Uri.EscapeDataString(options.ClientSecret);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)));
        request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using HttpResponseMessage response = await http.SendAsync(request, cancel);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadFromJsonAsync<Answer>(Snake, cancel)
            : null;
    }

    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private sealed record Answer(string? AccessToken, string? IdToken, int ExpiresIn);
}
