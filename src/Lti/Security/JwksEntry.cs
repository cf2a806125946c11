using System.Collections.Frozen;
using Lti.Launches;
using Microsoft.Extensions.Logging;

namespace Lti.Security;

/// <summary>The keys of one platform and the rules for fetching them again.</summary>
internal sealed class JwksEntry(Uri jwksUri, JwksFetch fetch, JwksOptions limits, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private Known known = new(FrozenDictionary<string, PlatformKey[]>.Empty, DateTimeOffset.MinValue, DateTimeOffset.MinValue, null);
    private Task<Known>? flight;

    public async ValueTask<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var seen = Volatile.Read(ref known);
        var age = clock.GetUtcNow() - seen.FetchedAt;
        // RFC 5861 3: nobody waits for keys that are a little old, and a platform that answers slowly does not slow launches down.
        if (age >= limits.Lifetime && age < limits.StaleLifetime) _ = JoinFetch(seen);
        if (KeysOf(seen).TryGetValue(keyId, out var keys)) return new(keys, null);

        // There are no keys yet or no more, or the platform rotates its keys and signs with one that we have not seen yet.
        seen = await RefreshAsync(seen, cancellationToken);
        if (KeysOf(seen).TryGetValue(keyId, out keys)) return new(keys, null);
        return new([], seen.Fault ?? LaunchRefusal.KeyUnknown);
    }

    // The last good keys have an end: a key that the platform withdrew must not be good for ever because its key set cannot be had.
    private FrozenDictionary<string, PlatformKey[]> KeysOf(Known seen) =>
        clock.GetUtcNow() - seen.FetchedAt < limits.StaleLifetime ? seen.Keys : FrozenDictionary<string, PlatformKey[]>.Empty;

    private async ValueTask<Known> RefreshAsync(Known seen, CancellationToken cancellationToken) =>
        // The fetch is shared, so that one caller's leaving does not end it for the others.
        JoinFetch(seen) is { } joined ? await joined.WaitAsync(cancellationToken) : Volatile.Read(ref known);

    /// <summary>The fetch that is under way, or one that begins now; null when what is known is newer or it is too early to ask again.</summary>
    private Task<Known>? JoinFetch(Known seen)
    {
        lock (gate)
        {
            // Somebody else was faster, or tried a moment ago: an attacker's made-up key ids must not become requests.
            if (!ReferenceEquals(seen, known)) return null;
            if (flight is null && clock.GetUtcNow() - known.TriedAt < BackOff()) return null;
            return flight ??= FetchAsync();
        }
    }

    /// <summary>Without any keys nobody can come in, so a failure is then tried again sooner.</summary>
    private TimeSpan BackOff() => KeysOf(known).Count > 0 || limits.BackOff < FirstBackOff ? limits.BackOff : FirstBackOff;

    private async Task<Known> FetchAsync()
    {
        // Leave the lock of the caller before anything is sent.
        await Task.Yield();
        var before = Volatile.Read(ref known);
        try
        {
            var (keys, fault) = await fetch.RunAsync(jwksUri, CancellationToken.None);
            var now = clock.GetUtcNow();
            var after = keys is null
                ? before with { TriedAt = now, Fault = fault }
                : new Known(ById(keys), now, now, null);
            if (fault is null) SecurityLog.KeysFetched(logger, jwksUri.Host, after.Keys.Count);
            else SecurityLog.KeysNotFetched(logger, jwksUri.Host, fault.Code, before.Keys.Count);
            return Land(after);
        }
        catch
        {
            Land(before with { TriedAt = clock.GetUtcNow(), Fault = LaunchRefusal.KeysUnreachable });
            throw;
        }
    }

    private Known Land(Known after)
    {
        lock (gate)
        {
            flight = null;
            Volatile.Write(ref known, after);
            return after;
        }
    }

    private static FrozenDictionary<string, PlatformKey[]> ById(IEnumerable<PlatformKey> keys) =>
        keys.GroupBy(key => key.Id, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    /// <summary>The last good keys and the last attempt.</summary>
    private sealed record Known(
        FrozenDictionary<string, PlatformKey[]> Keys, DateTimeOffset FetchedAt, DateTimeOffset TriedAt, LaunchRefusal? Fault);
}
