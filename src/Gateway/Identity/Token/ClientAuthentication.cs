using System.Net;
using System.Text;
using Gateway.Storage.Sealing;

namespace Gateway.Identity.Token;

/// <summary>Who asks for tokens: <c>client_secret_basic</c> and <c>client_secret_post</c> (RFC 6749, 2.3.1).</summary>
internal sealed class ClientAuthentication(EngineClients engines, Sealer sealer)
{
    private const string Basic = "Basic ";

    public async ValueTask<ClientAuthenticationOutcome> AuthenticateAsync(
        string? authorizationHeader, OAuthParameters form, CancellationToken cancellation)
    {
        if (Presented(authorizationHeader, form, out var clientId, out var secret) is { } problem)
            return new(null, problem);
        if (await engines.FindAsync(clientId, cancellation) is not { SecretHash: { } hash } engine
            || !sealer.FingerprintMatches(EngineClients.SecretPurpose, Encoding.UTF8.GetBytes(secret), hash))
        {
            return new(null, TokenError.InvalidClient("the client is unknown or its secret is wrong"));
        }

        return engine.Enabled
            ? new(engine, null)
            : new(null, new TokenError("unauthorized_client", "the client's data agreement has not been accepted"));
    }

    private static TokenError? Presented(string? header, OAuthParameters form, out string clientId, out string secret)
    {
        (clientId, secret) = (form["client_id"] ?? "", form["client_secret"] ?? "");
        if (form["client_assertion"] is not null)
            return TokenError.InvalidClient("client assertions are not accepted: use the client secret");
        if (string.IsNullOrEmpty(header))
            return clientId.Length == 0 || secret.Length == 0 ? TokenError.InvalidClient("client authentication is missing") : null;

        // RFC 6749, 2.3: not more than one method a request.
        if (secret.Length > 0)
            return TokenError.InvalidRequest("the client authenticates in two ways at once");
        if (!TryReadBasic(header, out var basicId, out secret))
            return TokenError.InvalidClient("the Authorization header is not well-formed Basic");
        if (clientId.Length > 0 && clientId != basicId)
            return TokenError.InvalidRequest("client_id differs from the authenticated client");
        clientId = basicId;
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

/// <summary>The authenticated, enabled engine or the error.</summary>
internal readonly record struct ClientAuthenticationOutcome(RegisteredEngine? Engine, TokenError? Error);
