using System.Net;
using System.Text;

namespace Gateway.Identity.Token.Clients;

/// <summary>What a token request shows of its client: an id with a secret, or an assertion; exactly one of the two is there.</summary>
internal sealed class ClientCredential
{
    private const string Basic = "Basic ";
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private ClientCredential(string? clientId, string? secret, string? assertion) => (ClientId, Secret, Assertion) = (clientId, secret, assertion);

    /// <summary>Null where only the assertion says who it is (RFC 7521, 4.2).</summary>
    public string? ClientId { get; }

    public string? Secret { get; }

    /// <summary>A JWT, unverified.</summary>
    public string? Assertion { get; }

    public static TokenError? Read(string? header, OAuthParameters form, out ClientCredential? credential)
    {
        credential = null;
        var (hasHeader, secret) = (!string.IsNullOrEmpty(header), form["client_secret"]);
        var hasAssertion = form["client_assertion"] is not null || form["client_assertion_type"] is not null;
        // RFC 6749, 2.3: not more than one method a request.
        if ((hasHeader ? 1 : 0) + (secret is not null ? 1 : 0) + (hasAssertion ? 1 : 0) > 1)
            return TokenError.InvalidRequest("the client authenticates in two ways at once");
        if (hasHeader)
            return ReadBasic(header!, form["client_id"], out credential);
        if (hasAssertion)
            return ReadAssertion(form, out credential);
        if (secret is null || form["client_id"] is not { } clientId)
            return TokenError.InvalidClient("client authentication is missing");
        credential = new(clientId, secret, null);
        return null;
    }

    private static TokenError? ReadAssertion(OAuthParameters form, out ClientCredential? credential)
    {
        credential = null;
        // RFC 7523, 2.2.
        if (form["client_assertion_type"] != AssertionType || form["client_assertion"] is not { } assertion)
            return TokenError.InvalidClient("client_assertion must be a JWT, and client_assertion_type must say so");
        credential = new(form["client_id"], null, assertion);
        return null;
    }

    private static TokenError? ReadBasic(string header, string? clientIdInForm, out ClientCredential? credential)
    {
        credential = null;
        if (!TryReadBasic(header, out var clientId, out var secret))
            return TokenError.InvalidClient("the Authorization header is not well-formed Basic");
        if (clientIdInForm is not null && clientIdInForm != clientId)
            return TokenError.InvalidRequest("client_id differs from the authenticated client");
        credential = new(clientId, secret, null);
        return null;
    }

    private static bool TryReadBasic(string header, out string clientId, out string secret)
    {
        (clientId, secret) = ("", "");
        if (!header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
            return false;
        var encoded = header.AsSpan(Basic.Length).Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var written))
            return false;
        var pair = Encoding.UTF8.GetString(bytes, 0, written);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return false;
        // RFC 6749, 2.3.1: each half is form-encoded before it is joined.
        (clientId, secret) = (WebUtility.UrlDecode(pair[..colon]), WebUtility.UrlDecode(pair[(colon + 1)..]));
        return true;
    }
}
