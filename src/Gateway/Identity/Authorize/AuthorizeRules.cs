namespace Gateway.Identity.Authorize;

/// <summary>What an authorization request must be like, once it is known whom to tell; in the order in which it is checked.</summary>
internal static class AuthorizeRules
{
    // A nonce rides in the code, which rides in a URL.
    private const int LongestNonce = 512;

    private static readonly string[] Prompts = ["none", "login", "consent", "select_account"];

    private static readonly Func<OAuthParameters, AuthorizeError?>[] All =
        [NothingRepeated, ResponseType, ResponseMode, RequestObject, Scope, ProofKey, Prompt, MaxAge, Nonce];

    public static AuthorizeError? FirstBroken(OAuthParameters request)
    {
        foreach (var rule in All)
        {
            if (rule(request) is { } error)
                return error;
        }

        return null;
    }

    private static AuthorizeError? NothingRepeated(OAuthParameters request) =>
        request.Repeated ? Invalid("a parameter is repeated") : null;

    private static AuthorizeError? ResponseType(OAuthParameters request) => request["response_type"] switch
    {
        "code" => null,
        null => Invalid("response_type is missing"),
        _ => new("unsupported_response_type", "response_type must be code"),
    };

    private static AuthorizeError? ResponseMode(OAuthParameters request) =>
        request["response_mode"] is null or "query" ? null : Invalid("response_mode must be query");

    // OpenID Connect Core 6: who does not support these must say so.
    private static AuthorizeError? RequestObject(OAuthParameters request)
    {
        if (request["request"] is not null)
            return new("request_not_supported", "request objects are not supported");
        if (request["request_uri"] is not null)
            return new("request_uri_not_supported", "request objects are not supported");
        return request["registration"] is null ? null : new("registration_not_supported", "registration is not supported");
    }

    private static AuthorizeError? Scope(OAuthParameters request) =>
        request["scope"]?.Split(' ').Contains("openid", StringComparer.Ordinal) == true ? null : new("invalid_scope", "scope must contain openid");

    private static AuthorizeError? ProofKey(OAuthParameters request)
    {
        if (request["code_challenge"] is not { } challenge)
            return Invalid("code_challenge is missing");
        if (request["code_challenge_method"] is not "S256")
            return Invalid("code_challenge_method must be S256");
        return Pkce.TryReadChallenge(challenge, out _) ? null : Invalid("code_challenge must be a SHA-256 hash in base64url");
    }

    // There is nobody to ask: the platform signed the person in, and the ticket says who it was.
    private static AuthorizeError? Prompt(OAuthParameters request)
    {
        var asked = request["prompt"]?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (asked.Except(Prompts, StringComparer.Ordinal).Any())
            return Invalid("prompt may hold none, login, consent and select_account");
        // OpenID Connect Core 3.1.2.1.
        if (asked.Contains("none") && asked.Length > 1)
            return Invalid("prompt none stands alone");
        if (asked.Contains("login"))
            return new("login_required", "nobody can sign in here: launch from the platform");
        if (asked.Contains("select_account"))
            return new("account_selection_required", "there are no accounts to choose from here");
        return asked.Contains("consent") ? new("consent_required", "consent is not asked for here") : null;
    }

    private static AuthorizeError? MaxAge(OAuthParameters request) =>
        request["max_age"] is not { } text || int.TryParse(text, System.Globalization.NumberStyles.None, null, out _)
            ? null
            : Invalid("max_age must be a number of seconds");

    private static AuthorizeError? Nonce(OAuthParameters request) =>
        request["nonce"] is { Length: > LongestNonce } ? Invalid("nonce is too long") : null;

    private static AuthorizeError Invalid(string description) => new("invalid_request", description);
}
