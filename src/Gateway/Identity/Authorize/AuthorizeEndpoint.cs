using Gateway.Hosting;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Identity.Authorize;

/// <summary><c>GET/POST /connect/authorize</c>.</summary>
internal static class AuthorizeEndpoint
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, Authorization authorization, HandOffCookie browsers, PublicAddress address, GatewayMetrics metrics, ILogger<Authorization> log,
        CancellationToken cancellation)
    {
        var outcome = await OAuthParameters.ReadAsync(http.Request, cancellation) is { HasControlCharacters: false } request
            ? await authorization.DecideAsync(request, http.Request.Cookies, cancellation)
            : new AuthorizeOutcome.Halted(HaltReason.Malformed);
        switch (outcome)
        {
            case AuthorizeOutcome.Granted granted:
                metrics.Authorized("granted");
                if (granted.Browser is { } browser)
                    browsers.End(http.Response, browser);
                return BackTo(granted.RedirectUri, ("code", granted.Code), ("state", granted.State), ("iss", address.Url));
            case AuthorizeOutcome.Refused { Error: var (error, description, code) } refused:
                metrics.Authorized(code ?? error);
                log.AuthorizationRefused(refused.ClientId, error, description);
                return BackTo(
                    refused.RedirectUri, ("error", error), ("error_description", description), ("state", refused.State), ("iss", address.Url));
            case AuthorizeOutcome.Halted { Reason: var reason }:
                metrics.Authorized(reason.Code);
                log.AuthorizationHalted(reason.Code);
                return Halt(reason);
            default:
                throw new InvalidOperationException("An authorization request came to no outcome.");
        }
    }

    // RFC 6749, 4.1.2.1, and OpenID Connect Core 3.1.2.6; iss by RFC 9207. The redirect URI's own query is kept.
    private static UnloggedRedirect BackTo(string redirectUri, params (string Name, string? Value)[] parameters) =>
        new(QueryHelpers.AddQueryString(redirectUri, parameters.Where(p => p.Value is not null).Select(p => KeyValuePair.Create(p.Name, p.Value))));

    private static IResult Halt(HaltReason reason) => Page.Of("Sign-in stopped", StatusCodes.Status400BadRequest,
        $"""
        <h1>Sign-in stopped</h1>
        <p class="what">{Page.Text(reason.Explanation)}</p>
        <h2>What to do next</h2>
        <p>Go back to your course and open the activity again. If this page returns, give your administrator this code:
        <code data-testid="code">{Page.Text(reason.Code)}</code></p>
        """);
}
