using Lti.Security;

namespace Lti.Launches.Phases;

/// <summary>The platform's published key with the header's id, of a type that suits the header's algorithm.</summary>
internal sealed class KeyPhase(JwksCache cache)
{
    public async ValueTask<LaunchRefusal?> RunAsync(LaunchAttempt attempt, CancellationToken cancellationToken)
    {
        var found = await FindAsync(cache, attempt.Registration.JwksUri, attempt.Header, cancellationToken);
        attempt.Keys = found.Keys;
        return found.Refusal;
    }

    public static async ValueTask<KeyLookup> FindAsync(JwksCache cache, Uri jwksUri, TokenHeader header, CancellationToken cancellationToken)
    {
        var found = await cache.FindAsync(jwksUri, header.KeyId, cancellationToken);
        if (found.Refusal is not null) return found;
        // RFC 8725 3.1: a key is used with the algorithm it was published for.
        PlatformKey[] keys = [.. found.Keys.Where(key => key.Suits(header.Algorithm))];
        return new(keys, keys.Length == 0 ? LaunchRefusal.KeyUnsuitable : null);
    }
}
