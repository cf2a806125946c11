using System.Net.Mime;
using System.Text;
using Gateway.Hosting;

namespace Gateway.Identity.Authorize;

/// <summary><c>GET/POST /connect/authorize</c>.</summary>
internal static class AuthorizeEndpoint
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, Authorization authorization, PublicAddress address, ILogger<Authorization> log, CancellationToken cancellation)
    {
        var response = http.Response;
        response.Headers.CacheControl = "no-store";
        // The address holds the ticket.
        response.Headers["Referrer-Policy"] = "no-referrer";

        var outcome = await OAuthParameters.ReadAsync(http.Request, cancellation) is { } request
            ? await authorization.DecideAsync(request, cancellation)
            : new AuthorizeOutcome.Halted(HaltReason.Malformed);
        switch (outcome)
        {
            case AuthorizeOutcome.Granted granted:
                return new BrowserRedirect(granted.RedirectUri, ("code", granted.Code), ("state", granted.State), ("iss", address.Url));
            case AuthorizeOutcome.Refused { Error: var (error, description) } refused:
                log.AuthorizationRefused(refused.ClientId, error, description);
                return new BrowserRedirect(
                    refused.RedirectUri, ("error", error), ("error_description", description), ("state", refused.State), ("iss", address.Url));
            case AuthorizeOutcome.Halted { Reason: var reason }:
                log.AuthorizationHalted(reason.Code);
                return Page(reason);
            default:
                throw new InvalidOperationException("An authorization request came to no outcome.");
        }
    }

    private static IResult Page(HaltReason reason) => Results.Content(
        $"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Sign-in stopped</title>
        <h1>Sign-in stopped</h1>
        <p>{reason.Explanation}</p>
        <p>Go back to your course and open the activity again. If this page returns, give your administrator this code:
        <code>{reason.Code}</code></p>
        </html>
        """,
        MediaTypeNames.Text.Html,
        Encoding.UTF8,
        StatusCodes.Status400BadRequest);
}
