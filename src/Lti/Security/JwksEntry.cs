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
        if (clock.GetUtcNow() - seen.FetchedAt >= limits.Lifetime) seen = await RefreshAsync(seen, cancellationToken);
        if (seen.Keys.TryGetValue(keyId, out var keys)) return new(keys, null);

        // A platform that rotates its keys signs with one that we have not seen yet.
        seen = await RefreshAsync(seen, cancellationToken);
        if (seen.Keys.TryGetValue(keyId, out keys)) return new(keys, null);
        return new([], seen.Fault ?? LaunchRefusal.KeyUnknown);
    }

    private async ValueTask<Known> RefreshAsync(Known seen, CancellationToken cancellationToken)
    {
        Task<Known> joined;
        lock (gate)
        {
            // Somebody else was faster, or tried a moment ago: an attacker's made-up key ids must not become requests.
            if (!ReferenceEquals(seen, known)) return known;
            if (flight is null && clock.GetUtcNow() - known.TriedAt < BackOff()) return known;
            joined = flight ??= FetchAsync();
        }

        // The fetch is shared, so that one caller's leaving does not end it for the others.
        return await joined.WaitAsync(cancellationToken);
    }

    /// <summary>Without any keys nobody can come in, so a first failure is tried again sooner.</summary>
    private TimeSpan BackOff() => known.Keys.Count > 0 || limits.BackOff < FirstBackOff ? limits.BackOff : FirstBackOff;

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
