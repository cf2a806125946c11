using System.Collections.Concurrent;
using System.Security.Cryptography;
using Gateway.Storage;
using Gateway.Storage.Model;
using Gateway.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Privacy;

/// <summary>
/// The districts' keys: made with the district, sealed at rest under the master key, kept open in memory for a few minutes.
/// A district whose key was destroyed has none, and nothing about it can be linked any more.
/// </summary>
internal sealed class DistrictKeys(GatewayDatabase database, Sealer sealer, TimeProvider time)
{
    private const string Purpose = "district key";
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<int, (DistrictKeyRing Ring, DateTimeOffset Until)> rings = new();

    /// <summary>The district's current keys.</summary>
    /// <exception cref="InvalidOperationException">The district has no key.</exception>
    public async ValueTask<DistrictKeyRing> GetAsync(int district, CancellationToken cancellation) =>
        await FindAsync(district, cancellation) ?? throw new InvalidOperationException($"District {district} has no key.");

    /// <summary>The district's current keys; null when there is no such district or its key was destroyed.</summary>
    public async ValueTask<DistrictKeyRing?> FindAsync(int district, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (rings.TryGetValue(district, out var known) && known.Until > now)
            return known.Ring;

        var row = await database.InDistrictAsync(
            district,
            session => session.Model.DistrictKeys.AsNoTracking().OrderByDescending(k => k.Version).FirstOrDefaultAsync(cancellation),
            cancellation);
        if (row is null)
            return null;
        var ring = new DistrictKeyRing(district, row.Version, sealer.Open(Purpose, row.SealedKey, ContextOf(district, row.Version)));
        rings[district] = (ring, now + Kept);
        return ring;
    }

    /// <summary>Makes the first key of a district, in the transaction that makes the district.</summary>
    public void Create(DistrictSession session)
    {
        const short version = 1;
        var root = RandomNumberGenerator.GetBytes(32);
        session.Model.DistrictKeys.Add(new DistrictKey
        {
            DistrictId = session.District,
            Version = version,
            SealedKey = sealer.Seal(Purpose, root, ContextOf(session.District, version)),
            CreatedAt = time.GetUtcNow(),
        });
        CryptographicOperations.ZeroMemory(root);
    }

    /// <summary>
    /// Destroys the district's keys, in a transaction of its own: from then on nothing that was made with them can be linked or opened, here
    /// or in a backup. Other replicas forget them within minutes.
    /// </summary>
    public async Task DestroyAsync(int district, CancellationToken cancellation)
    {
        await database.InDistrictAsync(
            district, session => session.Model.DistrictKeys.Where(key => key.DistrictId == district).ExecuteDeleteAsync(cancellation), cancellation);
        rings.TryRemove(district, out _);
    }

    private static string ContextOf(int district, short version) => $"{district}:{version}";
}
