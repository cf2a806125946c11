using System.Collections.Concurrent;

namespace Lti.Security;

/// <summary>Tokens and requests under way, for the whole process; <see cref="AccessTokenClient"/> is what one uses.</summary>
public sealed class AccessTokenCache(TimeProvider clock)
{
    private readonly ConcurrentDictionary<AccessTokenKey, AccessToken> tokens = new();
    private readonly ConcurrentDictionary<AccessTokenKey, Lazy<Task<AccessTokenOutcome>>> flights = new();

    internal AccessToken? Find(AccessTokenKey key) =>
        tokens.TryGetValue(key, out var token) && clock.GetUtcNow() < token.RenewAt ? token : null;

    /// <summary>Forgets a token, but not a newer one that somebody else obtained meanwhile.</summary>
    internal void Forget(AccessTokenKey key, AccessToken token) => tokens.TryRemove(new(key, token));

    /// <summary>Joins the request that is under way for this key, or starts it.</summary>
    internal async Task<AccessTokenOutcome> ShareAsync(
        AccessTokenKey key, Func<Task<AccessTokenOutcome>> request, CancellationToken cancellationToken)
    {
        var flight = flights.GetOrAdd(key, one => new Lazy<Task<AccessTokenOutcome>>(() => FlyAsync(one, request)));
        return await flight.Value.WaitAsync(cancellationToken);
    }

    private async Task<AccessTokenOutcome> FlyAsync(AccessTokenKey key, Func<Task<AccessTokenOutcome>> request)
    {
        // So that the flight is in the table before it can land.
        await Task.Yield();
        try
        {
            if (Find(key) is { } meanwhile) return new AccessTokenGranted(meanwhile);
            var outcome = await request();
            if (outcome is AccessTokenGranted granted) tokens[key] = granted.Token;
            return outcome;
        }
        finally
        {
            flights.TryRemove(key, out _);
        }
    }
}
