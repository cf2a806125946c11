namespace Gateway.Identity.Authorize;

/// <summary>What becomes of an authorization request.</summary>
internal abstract record AuthorizeOutcome
{
    private AuthorizeOutcome() { }

    /// <summary>Nowhere to send the browser: the client or its redirect URI is not known (RFC 6749, 4.1.2.1).</summary>
    internal sealed record Halted(HaltReason Reason) : AuthorizeOutcome;

    /// <summary>Back to the engine with an error.</summary>
    internal sealed record Refused(string ClientId, string RedirectUri, string? State, AuthorizeError Error) : AuthorizeOutcome;

    /// <summary>Back to the engine with a code; the cookie that the ticket was bound by has served.</summary>
    internal sealed record Granted(string RedirectUri, string? State, string Code, Guid? Browser) : AuthorizeOutcome;
}

/// <summary>Why a request goes nowhere: a stable code and words for whoever sees the page.</summary>
internal sealed record HaltReason(string Code, string Explanation)
{
    public static readonly HaltReason Malformed = new(
        "identity.request_malformed", "The request is not a well-formed authorization request.");

    public static readonly HaltReason ClientUnknown = new(
        "identity.client_unknown", "The application that sent you here is not registered.");

    public static readonly HaltReason Suspended = new(
        "identity.engine_suspended", "The application that sent you here is switched off for now.");

    public static readonly HaltReason AgreementMissing = new(
        "identity.agreement_missing",
        "The application that sent you here is not enabled: its data agreement has not been accepted.");

    public static readonly HaltReason RedirectUriUnknown = new(
        "identity.redirect_uri_unknown",
        "The application that sent you here asked to return to an address that is not registered for it.");
}

/// <summary>RFC 6749, 4.1.2.1 and OpenID Connect Core 3.1.2.6. The description is ours alone, never an echo.</summary>
/// <param name="Error">The specification's code.</param>
/// <param name="Description">Words for the engine's developer.</param>
/// <param name="Code">The gateway's own stable code, where the specification's does not say enough.</param>
internal sealed record AuthorizeError(string Error, string Description, string? Code = null)
{
    public static readonly AuthorizeError OtherBrowser = new(
        "login_required",
        "identity.browser_mismatch: the launch was in another browser, or in another frame or tab than this, or its cookie is gone: launch again",
        "identity.browser_mismatch");
}
