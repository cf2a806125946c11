using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Samples.PracticeEngine.Pages;

namespace Samples.PracticeEngine.SignIn;

/// <summary>Third-party initiated login (OpenID Connect Core 4): the gateway sends a browser here to sign in.</summary>
internal static class LoginEndpoint
{
    public static void Map(WebApplication app) => app.MapGet("/oidc/login", HandleAsync);

    private static async Task<IResult> HandleAsync(
        HttpContext http, PracticeEngineOptions options, Provider provider, PendingLogins logins, OwnAddress own)
    {
        long startedAt = options.Time.GetTimestamp();
        DateTimeOffset receivedAt = options.Time.GetUtcNow();
        IQueryCollection query = http.Request.Query;
        if (query["iss"].ToString().TrimEnd('/') != options.Provider)
            return Html.Problem(http, 400, "unknown_issuer", "The sign-in was begun by a service that is not known here.");
        Provider.Known known;
        try
        {
            known = await provider.ReadAsync(http.RequestAborted);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or ArgumentException or OperationCanceledException)
        {
            return Html.Problem(http, 502, "provider_unreachable", "The sign-in service cannot be reached just now. Try again in a minute.");
        }
        PendingLogin login = logins.Begin(http, own.PathOf(query["target_link_uri"]), receivedAt, startedAt);
        var parameters = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = options.ClientId,
            ["redirect_uri"] = own.Callback,
            ["scope"] = "openid",
            ["state"] = login.State,
            ["nonce"] = login.Nonce,
            ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(login.CodeVerifier))),
            ["code_challenge_method"] = "S256",
        };
        if (query["login_hint"].ToString() is { Length: > 0 } hint)
            parameters["login_hint"] = hint;
        string endpoint = known.Metadata.AuthorizationEndpoint;
        string asked = QueryString.Create(parameters).ToString();
        http.Response.Headers.CacheControl = "no-store";
        return Results.Redirect(endpoint.Contains('?', StringComparison.Ordinal) ? endpoint + "&" + asked[1..] : endpoint + asked);
    }
}
