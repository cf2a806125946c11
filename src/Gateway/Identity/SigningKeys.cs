using System.Collections.Concurrent;
using System.Security.Cryptography;
using Gateway.Storage;
using Gateway.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Identity;

/// <summary>
/// The gateway's own key pairs: made at first need by whichever replica needs them first, sealed in the database, parsed once and
/// looked up again every minute.
/// </summary>
internal sealed class SigningKeys(GatewayDatabase database, Sealer sealer, TimeProvider time, ILogger<SigningKeys> log) : IDisposable
{
    private const string Sealing = "signing key";
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    // What a retired key signed may still be on its way.
    private static readonly TimeSpan PublishedAfterRetiring = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim loading = new(1, 1);
    private readonly ConcurrentDictionary<string, SigningKeyPair> parsed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<SigningPurpose, Loaded> loaded = new();

    /// <summary>The pairs whose public part is to be published: the one in use first, then those retired of late.</summary>
    public async ValueTask<IReadOnlyList<SigningKeyPair>> PublishedAsync(SigningPurpose purpose, CancellationToken cancellation) =>
        (await GetAsync(purpose, cancellation)).Pairs;

    /// <summary>The pair that signs now.</summary>
    public async ValueTask<SigningKeyPair> ActiveAsync(SigningPurpose purpose, CancellationToken cancellation) =>
        (await GetAsync(purpose, cancellation)).Pairs[0];

    public void Dispose() => loading.Dispose();

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
            var pairs = await LoadAsync(purpose, now, cancellation);
            if (pairs is null)
            {
                await MakeAsync(purpose, now, cancellation);
                pairs = await LoadAsync(purpose, now, cancellation)
                    ?? throw new InvalidOperationException($"The signing key for {purpose.Name} was made and is not there.");
            }

            return loaded[purpose] = new Loaded(pairs, now + Kept);
        }
        finally
        {
            loading.Release();
        }
    }

    // Null when no key is in use.
    private async Task<IReadOnlyList<SigningKeyPair>?> LoadAsync(SigningPurpose purpose, DateTimeOffset now, CancellationToken cancellation)
    {
        var name = purpose.Name;
        var oldest = now - PublishedAfterRetiring;
        await using var model = database.Open();
        var rows = await model.SigningKeys.AsNoTracking()
            .Where(k => k.Purpose == name && (k.RetiredAt == null || k.RetiredAt > oldest))
            .ToListAsync(cancellation);
        if (!rows.Exists(k => k.RetiredAt is null))
            return null;
        return [.. rows.OrderBy(k => k.RetiredAt is not null).ThenByDescending(k => k.CreatedAt).Select(Parsed)];
    }

    private SigningKeyPair Parsed(Storage.Model.SigningKey row)
    {
        if (parsed.TryGetValue(row.Kid, out var known))
            return known;
        var pkcs8 = sealer.Open(Sealing, row.SealedPrivateKey, row.Kid);
        var pair = parsed.GetOrAdd(row.Kid, SigningKeyPair.Parse(row.Algorithm, pkcs8));
        CryptographicOperations.ZeroMemory(pkcs8);
        return pair;
    }

    private async Task MakeAsync(SigningPurpose purpose, DateTimeOffset now, CancellationToken cancellation)
    {
        var (pair, pkcs8) = SigningKeyPair.Create(purpose.Algorithm);
        var sealedKey = sealer.Seal(Sealing, pkcs8, pair.Kid);
        CryptographicOperations.ZeroMemory(pkcs8);
        await using var model = database.Open();
        // The unique index signing_key_in_use lets one of several makers through; the others use its key.
        var made = await model.Database.ExecuteSqlAsync(
            $"""
            insert into gateway.signing_key (kid, purpose, algorithm, sealed_private_key, created_at)
            values ({pair.Kid}, {purpose.Name}, {purpose.Algorithm}, {sealedKey}, {now}) on conflict do nothing
            """,
            cancellation);
        if (made == 1)
            log.SigningKeyMade(purpose.Name, pair.Kid);
    }

    private sealed record Loaded(IReadOnlyList<SigningKeyPair> Pairs, DateTimeOffset Until);
}
