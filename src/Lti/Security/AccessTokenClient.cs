using Lti.Registrations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lti.Security;

/// <summary>
/// Obtains access tokens with a signed assertion (1EdTech Security Framework 4.1), and keeps them until shortly before they end.
/// Callers that need the same token at once share one request.
/// </summary>
public sealed class AccessTokenClient(
    IToolKeyStore keys, AccessTokenCache cache, LtiHttp http, TimeProvider clock, ILogger<AccessTokenClient>? logger = null)
{
    /// <summary>A token for these scopes, or why there is none. The platform may grant fewer: see <see cref="AccessToken.Covers"/>.</summary>
    public async ValueTask<AccessTokenOutcome> GetAsync(
        Registration registration, IReadOnlyCollection<string> scopes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(registration);
        ArgumentNullException.ThrowIfNull(scopes);
        var key = AccessTokenKey.For(registration, scopes);
        if (cache.Find(key) is { } token) return new AccessTokenGranted(token);

        // Signed before the shared request starts: the key store may live in the caller's scope and end with it.
        var assertion = ClientAssertion.Create(registration, await keys.GetSigningKeyAsync(registration, cancellationToken), clock.GetUtcNow());
        AccessTokenRequest request = new(http, clock, (ILogger?)logger ?? NullLogger.Instance);
        return await cache.ShareAsync(key, () => request.SendAsync(registration.TokenEndpoint, key.Scope, assertion), cancellationToken);
    }

    /// <summary>Forgets a token that the platform answered 401 to; the next <see cref="GetAsync"/> with the same scopes asks anew.</summary>
    public void Invalidate(Registration registration, IReadOnlyCollection<string> scopes, AccessToken token) =>
        cache.Forget(AccessTokenKey.For(registration, scopes), token);
}
