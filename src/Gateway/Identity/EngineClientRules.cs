using System.Text.RegularExpressions;

namespace Gateway.Identity;

/// <summary>What an engine's registration must be like. Finds every problem, not the first.</summary>
internal static partial class EngineClientRules
{
    public const int ShortestSecret = 32;
    private const int LongestUrl = 2_000;
    private const int LongestName = 200;

    public static IReadOnlyList<Failure> Check(RegisterEngineClient wish) =>
        [.. Id(wish), .. Urls(wish), .. Credential(wish), .. Signing(wish), .. Agreement(wish)];

    private static IEnumerable<Failure> Id(RegisterEngineClient wish)
    {
        if (!IdPattern().IsMatch(wish.Id))
            yield return new("client.id_invalid", "The client id must be 1 to 100 letters, digits, dots, underscores or hyphens.");
    }

    private static IEnumerable<Failure> Urls(RegisterEngineClient wish)
    {
        if (!IsAcceptable(wish.InitiateLoginUri))
            yield return new("client.initiate_login_uri_invalid", $"The initiate-login URI {Demand}.");
        if (wish.RedirectUris.Count == 0)
            yield return new("client.redirect_uri_missing", "At least one redirect URI is needed.");
        for (var i = 0; i < wish.RedirectUris.Count; i++)
        {
            if (!IsAcceptable(wish.RedirectUris[i]))
                yield return new("client.redirect_uri_invalid", $"Redirect URI number {i + 1} {Demand}.");
        }
    }

    private static IEnumerable<Failure> Credential(RegisterEngineClient wish)
    {
        if (wish.Secret is null && wish.JwksUrl is null)
            yield return new("client.secret_missing", "Either a client secret or the URL of the client's own keys (JWKS) is needed.");
        if (wish.Secret is not null && wish.JwksUrl is not null)
            yield return new("client.secret_and_jwks", "A client has either a secret or keys of its own (JWKS URL), not both.");
        if (wish.Secret?.Length < ShortestSecret)
            yield return SecretShort;
        if (wish.JwksUrl is not null && !IsAcceptable(wish.JwksUrl))
            yield return JwksUrlInvalid;
    }

    private static IEnumerable<Failure> Signing(RegisterEngineClient wish)
    {
        if (SigningPurpose.IdTokens.All(purpose => purpose.Algorithm != wish.IdTokenAlg))
            yield return new("client.id_token_alg_invalid", "The algorithm of id_tokens is ES256 or RS256.");
    }

    private static IEnumerable<Failure> Agreement(RegisterEngineClient wish)
    {
        if (!IsName(wish.AgreementAcceptedBy))
            yield return AgreementMissing;
    }

    public static readonly Failure Unknown = new("client.unknown", "There is no engine of that client id: `client list` shows those there are.");

    public static readonly Failure SecretShort = new("client.secret_short", $"The client secret must have {ShortestSecret} characters or more.");

    public static Failure JwksUrlInvalid => new("client.jwks_url_invalid", $"The JWKS URL {Demand}.");

    public static readonly Failure AgreementMissing = new("client.agreement_missing", "The data agreement must be accepted by somebody, by name.");

    /// <summary>A name under which somebody can accept the agreement: 1 to 200 characters.</summary>
    public static bool IsName(string? name) => !string.IsNullOrWhiteSpace(name) && name.Length <= LongestName;

    /// <summary>What <see cref="IsAcceptable"/> asks, in words.</summary>
    public const string Demand = "must be an absolute https URL without user name or fragment (http for localhost, 127.0.0.1 and [::1] only)";

    // RFC 6749, 3.1.2: absolute, no fragment.
    public static bool IsAcceptable(string url) =>
        url.Length <= LongestUrl
        && url.All(char.IsAscii)
        && !url.Contains('#', StringComparison.Ordinal)
        && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && Uri.IsWellFormedUriString(url, UriKind.Absolute)
        && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();
}
