using System.Globalization;

namespace Gateway.Identity.Authorize;

/// <summary>Decides on authorization requests: OpenID Connect Core 3.1.2, the code flow alone, with PKCE, in the browser that launched.</summary>
internal sealed class Authorization(
    EngineClients engines, SignInTickets tickets, HandOffCookie browsers, IdTokenHints hints, AuthorizationCodes codes, TimeProvider time)
{
    public async ValueTask<AuthorizeOutcome> DecideAsync(OAuthParameters request, IRequestCookieCollection cookies, CancellationToken cancellation)
    {
        // Until both are known, the browser stays here (RFC 6749, 4.1.2.1).
        if (await engines.FindAsync(request["client_id"], cancellation) is not { } engine)
            return new AuthorizeOutcome.Halted(HaltReason.ClientUnknown);
        if (engine.SuspendedAt is not null)
            return new AuthorizeOutcome.Halted(HaltReason.Suspended);
        if (!engine.Enabled)
            return new AuthorizeOutcome.Halted(HaltReason.AgreementMissing);
        if (request["redirect_uri"] is not { } redirectUri || !engine.RedirectUris.Contains(redirectUri, StringComparer.Ordinal))
            return new AuthorizeOutcome.Halted(HaltReason.RedirectUriUnknown);

        var state = request["state"];
        SignInTicket? ticket = null;
        if ((AuthorizeRules.FirstBroken(request) ?? TicketOf(request, cookies, engine, out ticket)) is { } error)
            return new AuthorizeOutcome.Refused(engine.ClientId, redirectUri, state, error);
        if (request["id_token_hint"] is { } hint && !await hints.NamesAsync(hint, SignInSubject.Of(engine.Ids, ticket!).Subject, cancellation))
            return new AuthorizeOutcome.Refused(engine.ClientId, redirectUri, state, LoginRequired("id_token_hint does not name who launched"));

        Pkce.TryReadChallenge(request["code_challenge"]!, out var challenge);
        var code = new AuthorizationCode(ticket!, AuthorizationCode.HashOf(redirectUri), challenge, request["nonce"]);
        return new AuthorizeOutcome.Granted(redirectUri, state, codes.Issue(code), ticket!.Browser);
    }

    private AuthorizeError? TicketOf(OAuthParameters request, IRequestCookieCollection cookies, RegisteredEngine engine, out SignInTicket? ticket)
    {
        ticket = null;
        if (request["login_hint"] is not { } hint)
            return LoginRequired("login_hint is missing: launch from the platform");
        var opened = tickets.Open(hint);
        if (opened.Ticket is null)
            return LoginRequired(opened.Expired ? "the sign-in ticket is expired: launch again" : "the sign-in ticket does not open");
        if (opened.Ticket.ClientId != engine.ClientId)
            return LoginRequired("the sign-in ticket is for another client");
        // Else somebody could have another person sign in as them, or sign in with a hint that was another's.
        if (opened.Ticket.Browser is { } browser && !browsers.IsBroughtBy(cookies, browser))
            return AuthorizeError.OtherBrowser;
        if (request["max_age"] is { } maxAge && time.GetUtcNow() - opened.Ticket.LaunchedAt > Seconds(maxAge))
            return LoginRequired("the launch is older than max_age: launch again");
        ticket = opened.Ticket;
        return null;
    }

    private static TimeSpan Seconds(string number) => TimeSpan.FromSeconds(int.Parse(number, CultureInfo.InvariantCulture));

    private static AuthorizeError LoginRequired(string description) => new("login_required", description);
}
