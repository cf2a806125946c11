using System.Text.Json;
using Samples.PracticeEngine.Control;
using Samples.PracticeEngine.Pages;

namespace Samples.PracticeEngine.SignIn;

/// <summary>The redirect URI: state, issuer, code, id_token, session, in this order.</summary>
internal static class CallbackEndpoint
{
    public static void Map(WebApplication app) => app.MapGet("/oidc/callback", (Delegate)HandleAsync);

    private static async Task<IResult> HandleAsync(HttpContext http)
    {
        IServiceProvider services = http.RequestServices;
        http.Response.Headers.CacheControl = "no-store";
        IQueryCollection query = http.Request.Query;
        if (services.GetRequiredService<PendingLogins>().Take(http, query["state"].ToString()) is not { } login)
            return Html.Problem(http, 400, "unknown_state", "This sign-in was not begun in this browser, or took too long. Open the practice again.");
        try
        {
            Provider.Known known = await services.GetRequiredService<Provider>().ReadAsync(http.RequestAborted);
            // RFC 9207: whose answer this is, so that two providers cannot be mixed up.
            string issuer = query["iss"].ToString();
            if (issuer.Length == 0 ? known.Metadata.NamesItselfInResponses : issuer != known.Metadata.Issuer)
                return Html.Problem(http, 400, "wrong_issuer", "The answer came from another service than was asked.");
            if (query["error"].Count > 0)
                return Html.Problem(http, 403, "refused_by_provider", "The sign-in service did not let you in. Open the practice again.");
            CodeExchange exchange = services.GetRequiredService<CodeExchange>();
            string? idToken = await exchange.IdTokenAsync(
                known.Metadata.TokenEndpoint, query["code"].ToString(), login.CodeVerifier, http.RequestAborted);
            if (idToken is null)
                return Html.Problem(http, 502, "code_refused", "The sign-in could not be finished. Open the practice again.");
            IdTokenCheck check = services.GetRequiredService<IdTokenCheck>();
            if (await check.ClaimsAsync(idToken, login.Nonce, http.RequestAborted) is not { } claims)
                return Html.Problem(http, 502, "id_token_invalid", "The sign-in service's answer cannot be trusted.");
            Start(http, login, claims);
            return Results.Redirect(login.TargetPath);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or ArgumentException or OperationCanceledException)
        {
            return Html.Problem(http, 502, "provider_unreachable", "The sign-in service cannot be reached just now. Try again in a minute.");
        }
    }

    private static void Start(HttpContext http, PendingLogin login, JsonElement claims)
    {
        PracticeEngineOptions options = http.RequestServices.GetRequiredService<PracticeEngineOptions>();
        LearnerSession session = LearnerSession.From(claims, options.Time.GetUtcNow() + options.SessionLifetime);
        http.RequestServices.GetRequiredService<LearnerSessions>().Start(http, session);
        http.RequestServices.GetRequiredService<LastLaunch>().Note(
            session.ClaimNames, login.ReceivedAt, options.Time.GetElapsedTime(login.StartedAt));
    }
}
