using Lti.Security;

namespace Lti.Launches.Phases;

/// <summary>The platform's published key with the header's id, of a type that suits the header's algorithm.</summary>
internal sealed class KeyPhase(JwksCache cache)
{
    public async ValueTask<LaunchRefusal?> RunAsync(LaunchAttempt attempt, CancellationToken cancellationToken)
    {
        var found = await cache.FindAsync(attempt.Registration.JwksUri, attempt.Header.KeyId, cancellationToken);
        if (found.Refusal is not null) return found.Refusal;
        // RFC 8725 3.1: a key is used with the algorithm it was published for.
        attempt.Keys = [.. found.Keys.Where(key => key.Suits(attempt.Header.Algorithm))];
        return attempt.Keys.Count == 0 ? LaunchRefusal.KeyUnsuitable : null;
    }
}
