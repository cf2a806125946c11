using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gateway.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Tests.Identity;

/// <summary>The code flow by hand, as an engine walks it; every step can be bent.</summary>
internal sealed class CodeFlow(IdentityHost host)
{
    public const string Verifier = "a-verifier-of-at-least-43-characters-0123456789";
    public const string Nonce = "the nonce";

    public static string Challenge { get; } = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public Dictionary<string, string?> AuthorizeRequest(string? ticket = null) => new()
    {
        ["response_type"] = "code",
        ["client_id"] = IdentityHost.Engine,
        ["redirect_uri"] = IdentityHost.RedirectUri,
        ["scope"] = "openid",
        ["state"] = "the state & more",
        ["nonce"] = Nonce,
        ["prompt"] = "none",
        ["code_challenge"] = Challenge,
        ["code_challenge_method"] = "S256",
        ["login_hint"] = ticket ?? host.Get<SignInTickets>().Issue(host.NewTicket()),
    };

    public Task<HttpResponseMessage> AuthorizeAsync(Dictionary<string, string?> request) =>
        host.Http.GetAsync(QueryHelpers.AddQueryString("/connect/authorize", request), TestContext.Current.CancellationToken);

    /// <summary>The parameters that the engine's redirect URI was called with.</summary>
    public static Dictionary<string, string> Returned(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var location = response.Headers.Location!;
        Assert.StartsWith("https://engine.example/", location.OriginalString, StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(location.Query).ToDictionary(p => p.Key, p => Assert.Single(p.Value)!);
    }

    public async Task<string> CodeAsync(string? ticket = null)
    {
        using var response = await AuthorizeAsync(AuthorizeRequest(ticket));
        return Returned(response)["code"];
    }

    public static Dictionary<string, string> TokenRequest(string code) => new()
    {
        ["grant_type"] = "authorization_code",
        ["code"] = code,
        ["redirect_uri"] = IdentityHost.RedirectUri,
        ["code_verifier"] = Verifier,
    };

    public async Task<TokenAnswer> TokenAsync(
        Dictionary<string, string> form, string client = IdentityHost.Engine, string secret = IdentityHost.Secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = Basic(client, secret);
        return await SendAsync(request);
    }

    public Task<TokenAnswer> SendAsync(HttpRequestMessage request) => SendAsync(host.Http, request);

    public static async Task<TokenAnswer> SendAsync(HttpClient http, HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await TokenAnswer.ReadAsync(response);
    }

    /// <summary>What the answer's id_token says; its signature is not looked at.</summary>
    public static JsonElement ClaimsOf(TokenAnswer answer) =>
        JsonDocument.Parse(Base64Url.DecodeFromChars(answer.Body.GetProperty("id_token").GetString()!.Split('.')[1])).RootElement;

    public async Task<string> ApiTokenAsync(string scope) =>
        (await TokenAsync(new() { ["grant_type"] = "client_credentials", ["scope"] = scope })).Body.GetProperty("access_token").GetString()!;

    public static AuthenticationHeaderValue Basic(string client, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(client)}:{Uri.EscapeDataString(secret)}")));
}

internal sealed record TokenAnswer(HttpStatusCode Status, HttpResponseHeaders Headers, JsonElement Body)
{
    public static async Task<TokenAnswer> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode, response.Headers,
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement);

    public string? Error => Body.TryGetProperty("error", out var error) ? error.GetString() : null;
}
