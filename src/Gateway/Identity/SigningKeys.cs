using System.Collections.Concurrent;
using Gateway.Storage.Model;

namespace Gateway.Identity;

/// <summary>
/// The gateway's own keys in use: the first is made at first need by whichever replica needs it first; parsed once and looked up again
/// every minute. <see cref="SigningKeyRotation"/> brings the later ones.
/// </summary>
internal sealed class SigningKeys(SigningKeyRows rows, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<SigningKeySet, SemaphoreSlim> loading = new();
    private readonly ConcurrentDictionary<Guid, (IReadOnlyList<SigningKeySet> Sets, DateTimeOffset Until)> addresses = new();
    private readonly ConcurrentDictionary<string, PublicSigningKey> publicKeys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SigningKeySet, Loaded> loaded = new();

    /// <summary>The keys to publish: the one in use first, then those announced and those retired of late.</summary>
    public async ValueTask<IReadOnlyList<PublicSigningKey>> PublishedAsync(SigningKeySet set, CancellationToken cancellation) =>
        (await GetAsync(set, cancellation)).Published;

    /// <summary>The same for several purposes, in their order.</summary>
    public ValueTask<IReadOnlyList<PublicSigningKey>> PublishedAsync(IEnumerable<SigningPurpose> purposes, CancellationToken cancellation) =>
        PublishedAsync(purposes.Select(purpose => (SigningKeySet)purpose), cancellation);

    /// <summary>What is published at the address of a set of the tool, or null: there is no such set, and nothing is made for it.</summary>
    public async ValueTask<IReadOnlyList<PublicSigningKey>?> PublishedAtAsync(Guid set, CancellationToken cancellation)
    {
        if (addresses.TryGetValue(set, out var known) && known.Until > time.GetUtcNow())
            return await PublishedAsync(known.Sets, cancellation);
        var sets = await rows.PublishedAtAsync(set, cancellation);
        if (sets.Count == 0)
            return null;
        addresses[set] = (sets, time.GetUtcNow() + Kept);
        return await PublishedAsync(sets, cancellation);
    }

    /// <summary>The pair that signs now.</summary>
    public async ValueTask<SigningKeyPair> ActiveAsync(SigningKeySet set, CancellationToken cancellation) =>
        (await GetAsync(set, cancellation)).Active;

    /// <summary>The next caller sees what was just changed.</summary>
    public void Forget()
    {
        loaded.Clear();
        addresses.Clear();
    }

    public void Dispose()
    {
        foreach (var one in loading.Values)
            one.Dispose();
    }

    /// <summary>The key in use at a time: the newest whose time has come, or null.</summary>
    internal static SigningKey? ActiveOf(IEnumerable<SigningKey> newestFirst, DateTimeOffset now) =>
        newestFirst.FirstOrDefault(key => key.RetiredAt is null && key.ActivatesAt <= now);

    private async ValueTask<IReadOnlyList<PublicSigningKey>> PublishedAsync(IEnumerable<SigningKeySet> sets, CancellationToken cancellation)
    {
        var published = new List<PublicSigningKey>();
        foreach (var set in sets)
            published.AddRange(await PublishedAsync(set, cancellation));
        return published;
    }

    // One at a time for each set: making an RSA key takes long, and those who wait use it.
    private async ValueTask<Loaded> GetAsync(SigningKeySet set, CancellationToken cancellation)
    {
        if (loaded.TryGetValue(set, out var known) && known.Until > time.GetUtcNow())
            return known;

        var turn = loading.GetOrAdd(set, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellation);
        try
        {
            var now = time.GetUtcNow();
            if (loaded.TryGetValue(set, out known) && known.Until > now)
                return known;
            return loaded[set] = await LoadAsync(set, now, cancellation);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<Loaded> LoadAsync(SigningKeySet set, DateTimeOffset now, CancellationToken cancellation)
    {
        var keys = await rows.ListAsync(set, cancellation);
        if (ActiveOf(keys, now) is null)
        {
            await rows.MakeNextAsync(set, keys.Count == 0 ? 0 : keys[0].Number, now, cancellation);
            keys = await rows.ListAsync(set, cancellation);
        }

        var active = ActiveOf(keys, now) ?? throw new InvalidOperationException($"The signing key for {set.Purpose.Name} was made and is not there.");
        var published = keys.OrderByDescending(key => key.Kid == active.Kid).ThenByDescending(key => key.Number);
        return new Loaded(
            // Not a cache: the private part of a key that signs no more must not stay in memory.
            loaded.TryGetValue(set, out var before) && before.Active.Kid == active.Kid ? before.Active : rows.PairOf(active),
            [.. published.Select(key => publicKeys.GetOrAdd(key.Kid, _ => rows.PublicOf(key)))],
            now + Kept);
    }

    private sealed record Loaded(SigningKeyPair Active, IReadOnlyList<PublicSigningKey> Published, DateTimeOffset Until);
}
