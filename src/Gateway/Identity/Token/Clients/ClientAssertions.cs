using Gateway.Hosting;
using Lti.Security;

namespace Gateway.Identity.Token.Clients;

/// <summary>
/// Engines that prove who they are by a signature (RFC 7523, 3; OpenID Connect Core 9). Their keys come over the same guarded way and
/// out of the same cache as platforms' do.
/// </summary>
internal sealed class ClientAssertions(EngineClients engines, JwksCache keys, SpentAssertions spent, PublicAddress address, TimeProvider time)
{
    /// <param name="clientId">The request's <c>client_id</c>, where it has one.</param>
    /// <param name="text">The JWT.</param>
    /// <param name="cancellation">The client went away.</param>
    public async ValueTask<ClientAuthenticationOutcome> AuthenticateAsync(string? clientId, string text, CancellationToken cancellation)
    {
        if (SignedToken.Read(text) is not { } token || AssertionClaims.Read(token.Payload) is not { } claims)
            return TokenError.InvalidClient("the client assertion is not a JWT");
        if (await engines.FindAsync(clientId ?? claims.Subject, cancellation) is not { Keys: { JwksUrl: { } jwks } proof } engine)
            return TokenError.InvalidClient("the client is unknown or has no keys of its own");
        if (await token.RefusalAsync(keys, jwks, cancellation) is { } refusal)
            return TokenError.InvalidClient($"the client assertion's signature is not accepted: {refusal.Code}");
        if (claims.FirstFault(engine.ClientId, [address.Url + IdentityFeature.TokenPath, address.Url], time.GetUtcNow()) is { } fault)
            return TokenError.InvalidClient(fault);

        // Last, so that nobody but the client can use up an id.
        return await spent.TrySpendAsync(engine.ClientId, claims.Id!, claims.ExpiresAt, cancellation)
            ? new ClientAuthenticationOutcome(engine, proof.Id, null)
            : TokenError.InvalidClient("the client assertion was used before");
    }
}
