using System.Security.Cryptography;
using Gateway.Alerts;
using Gateway.Identity.UserInfo;

namespace Gateway.Identity.Token;

/// <summary>A code for an id_token: RFC 6749, 4.1.3, RFC 7636, 4.6 and OpenID Connect Core 3.1.3.</summary>
internal sealed class AuthorizationCodeGrant(
    AuthorizationCodes codes, SpentLaunches spent, IdTokens idTokens, SignInAccessTokens accessTokens, RevokedSignIns revoked,
    Incidents incidents)
{
    public async ValueTask<TokenOutcome> ExchangeAsync(RegisteredEngine engine, long credential, OAuthParameters form, CancellationToken cancellation)
    {
        if (form["code"] is not { } text || form["redirect_uri"] is not { } redirectUri || form["code_verifier"] is not { } verifier)
            return TokenError.InvalidRequest("code, redirect_uri and code_verifier are required");
        if (codes.Open(text) is not { } code)
            return TokenError.InvalidGrant("the code does not open or is expired");
        if (code.Ticket.ClientId != engine.ClientId)
        {
            // A code is sealed and goes to one address: by accident no other engine has it.
            await incidents.NoticeAsync(code.Ticket.District, IncidentKind.TenantBreach, engine.ClientId, threshold: 1, cancellation);
            return TokenError.InvalidGrant("the code was given to another client");
        }

        if (!CryptographicOperations.FixedTimeEquals(code.RedirectUriHash, AuthorizationCode.HashOf(redirectUri)))
            return TokenError.InvalidGrant("redirect_uri is not the one that the code was sent to");
        if (!Pkce.Matches(verifier, code.Challenge))
            return TokenError.InvalidGrant("code_verifier does not match");

        // Last, so that who cannot use a code cannot spoil it either, nor what it gave.
        if (!await spent.TrySpendAsync(code.Ticket.District, code.Ticket.LaunchId, cancellation))
        {
            // RFC 6749, 4.1.2: of two who can use a code, one should not have it, and nobody knows which.
            await revoked.RevokeAsync(code.Ticket.District, code.Ticket.LaunchId, cancellation);
            return TokenError.InvalidGrant("the code, or another one of the same launch, was used before");
        }

        var subject = SignInSubject.Of(engine.Ids, code.Ticket);
        return new TokenResponse
        {
            IdToken = await idTokens.IssueAsync(engine, code.Ticket, subject, code.Nonce, cancellation),
            AccessToken = accessTokens.Issue(code.Ticket, subject.Subject, credential),
            ExpiresIn = (int)SignInAccessTokens.Lifetime.TotalSeconds,
            Scope = "openid",
        };
    }
}
