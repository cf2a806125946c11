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

    private readonly SemaphoreSlim loading = new(1, 1);
    private readonly ConcurrentDictionary<string, PublicSigningKey> publicKeys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SigningPurpose, Loaded> loaded = new();

    /// <summary>The keys to publish: the one in use first, then those announced and those retired of late.</summary>
    public async ValueTask<IReadOnlyList<PublicSigningKey>> PublishedAsync(SigningPurpose purpose, CancellationToken cancellation) =>
        (await GetAsync(purpose, cancellation)).Published;

    /// <summary>The same for several purposes, in their order.</summary>
    public async ValueTask<IReadOnlyList<PublicSigningKey>> PublishedAsync(IEnumerable<SigningPurpose> purposes, CancellationToken cancellation)
    {
        var published = new List<PublicSigningKey>();
        foreach (var purpose in purposes)
            published.AddRange(await PublishedAsync(purpose, cancellation));
        return published;
    }

    /// <summary>The pair that signs now.</summary>
    public async ValueTask<SigningKeyPair> ActiveAsync(SigningPurpose purpose, CancellationToken cancellation) =>
        (await GetAsync(purpose, cancellation)).Active;

    /// <summary>The next caller sees what was just changed.</summary>
    public void Forget() => loaded.Clear();

    public void Dispose() => loading.Dispose();

    /// <summary>The key in use at a time: the newest whose time has come, or null.</summary>
    internal static SigningKey? ActiveOf(IEnumerable<SigningKey> newestFirst, DateTimeOffset now) =>
        newestFirst.FirstOrDefault(key => key.RetiredAt is null && key.ActivatesAt <= now);

    private async ValueTask<Loaded> GetAsync(SigningPurpose purpose, CancellationToken cancellation)
    {
        if (loaded.TryGetValue(purpose, out var known) && known.Until > time.GetUtcNow())
            return known;

        await loading.WaitAsync(cancellation);
        try
        {
            var now = time.GetUtcNow();
            if (loaded.TryGetValue(purpose, out known) && known.Until > now)
                return known;
            return loaded[purpose] = await LoadAsync(purpose, now, cancellation);
        }
        finally
        {
            loading.Release();
        }
    }

    private async Task<Loaded> LoadAsync(SigningPurpose purpose, DateTimeOffset now, CancellationToken cancellation)
    {
        var keys = await rows.ListAsync(purpose, cancellation);
        if (ActiveOf(keys, now) is null)
        {
            await rows.MakeNextAsync(purpose, keys.Count == 0 ? 0 : keys[0].Number, now, cancellation);
            keys = await rows.ListAsync(purpose, cancellation);
        }

        var active = ActiveOf(keys, now) ?? throw new InvalidOperationException($"The signing key for {purpose.Name} was made and is not there.");
        var published = keys.OrderByDescending(key => key.Kid == active.Kid).ThenByDescending(key => key.Number);
        return new Loaded(
            // Not a cache: the private part of a key that signs no more must not stay in memory.
            loaded.TryGetValue(purpose, out var before) && before.Active.Kid == active.Kid ? before.Active : rows.PairOf(active),
            [.. published.Select(key => publicKeys.GetOrAdd(key.Kid, _ => rows.PublicOf(key)))],
            now + Kept);
    }

    private sealed record Loaded(SigningKeyPair Active, IReadOnlyList<PublicSigningKey> Published, DateTimeOffset Until);
}
