using System.Text;
using Gateway.Storage.Sealing;

namespace Gateway.Identity.Token.Clients;

/// <summary>
/// Who asks for tokens: <c>client_secret_basic</c>, <c>client_secret_post</c> (RFC 6749, 2.3.1) or <c>private_key_jwt</c>
/// (OpenID Connect Core 9), whichever the engine has a credential for.
/// </summary>
internal sealed class ClientAuthentication(EngineClients engines, Sealer sealer, ClientAssertions assertions)
{
    public async ValueTask<ClientAuthenticationOutcome> AuthenticateAsync(
        string? authorizationHeader, OAuthParameters form, CancellationToken cancellation)
    {
        if (ClientCredential.Read(authorizationHeader, form, out var credential) is { } problem)
            return problem;
        var outcome = credential!.Assertion is { } assertion
            ? await assertions.AuthenticateAsync(credential.ClientId, assertion, cancellation)
            : await WithSecretAsync(credential, cancellation);
        return outcome.Engine switch
        {
            { SuspendedAt: not null } => new TokenError("unauthorized_client", "the client is suspended"),
            { Enabled: false } => new TokenError("unauthorized_client", "the client's data agreement has not been accepted"),
            _ => outcome,
        };
    }

    private async ValueTask<ClientAuthenticationOutcome> WithSecretAsync(ClientCredential credential, CancellationToken cancellation)
    {
        if (await engines.FindAsync(credential.ClientId, cancellation) is { } engine)
        {
            var secret = Encoding.UTF8.GetBytes(credential.Secret!);
            foreach (var proof in engine.Credentials)
                if (proof.SecretHash is { } hash && sealer.FingerprintMatches(EngineClients.SecretPurpose, secret, hash))
                    return new(engine, proof.Id, null);
        }

        return TokenError.InvalidClient("the client is unknown or its secret is wrong");
    }
}

/// <summary>The authenticated engine with the credential that it showed, or the error.</summary>
internal readonly record struct ClientAuthenticationOutcome(RegisteredEngine? Engine, long Credential, TokenError? Error)
{
    public static implicit operator ClientAuthenticationOutcome(TokenError error) => new(null, 0, error);
}
