using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gateway.Storage;
using Gateway.Storage.Model;
using Gateway.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Privacy;

/// <summary>
/// The districts' keys, in versions (P-1.2): made with the district, sealed at rest under a share that no database holds and under the
/// master key, kept open in memory for a few minutes. A district whose key was destroyed has none, and nothing about it can be linked
/// any more.
/// </summary>
internal sealed class DistrictKeys(GatewayDatabase database, Sealer sealer, KeyShares shares, AuditTrail trail, TimeProvider time)
{
    private const string Purpose = "district key";

    /// <summary>How long a replica may go without knowing of a new version.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    /// <summary>A new version is in force only once every replica knows of it.</summary>
    private static readonly TimeSpan Announced = 2 * Kept;

    private readonly ConcurrentDictionary<int, (DistrictKeyRing Ring, DateTimeOffset Until)> rings = new();

    /// <summary>The district's keys.</summary>
    /// <exception cref="InvalidOperationException">The district has no key.</exception>
    public async ValueTask<DistrictKeyRing> GetAsync(int district, CancellationToken cancellation) =>
        await FindAsync(district, cancellation) ?? throw new InvalidOperationException($"District {district} has no key.");

    /// <summary>The district's keys; null when there is no such district or its key was destroyed.</summary>
    public async ValueTask<DistrictKeyRing?> FindAsync(int district, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (rings.TryGetValue(district, out var known) && known.Until > now)
            return known.Ring;

        var rows = await database.InDistrictAsync(
            district, session => session.Model.DistrictKeys.AsNoTracking().OrderByDescending(k => k.Version).ToListAsync(cancellation), cancellation);
        // A backup that was brought back may bring rows whose share is destroyed: they stay destroyed.
        rows.RemoveAll(row => row.Share is { } share && shares.IsDestroyed(share));
        if (rows.Count == 0)
            return null;
        var current = rows.FirstOrDefault(row => row.ActiveFrom <= now) ?? rows[^1];
        var others = rows.Where(row => row != current).Select(row => new DistrictKeyRing(district, row.Version, Open(row))).ToArray();
        var ring = new DistrictKeyRing(district, current.Version, Open(current), others, current.ActiveFrom);
        var until = rows.Where(row => row.ActiveFrom > now).Select(row => row.ActiveFrom).Append(now + Kept).Min();
        rings[district] = (ring, until);
        return ring;
    }

    /// <summary>Makes the first key of a district, in the transaction that makes the district.</summary>
    public void Create(DistrictSession session) => Make(session, 1, time.GetUtcNow());

    /// <summary>Makes the next version, in force as soon as every replica knows of it.</summary>
    /// <param name="session">The district's.</param>
    /// <param name="version">One more than the newest.</param>
    public DistrictKey Begin(DistrictSession session, short version) => Make(session, version, time.GetUtcNow() + Announced);

    /// <summary>Every version with its root key in the clear, for a bundle that is sealed as it is written (P-3.7).</summary>
    public async Task<IReadOnlyList<(short Version, byte[] Root, DateTimeOffset CreatedAt, DateTimeOffset ActiveFrom)>> ExportAsync(int district, CancellationToken cancellation)
    {
        var rows = await database.InDistrictAsync(
            district, session => session.Model.DistrictKeys.AsNoTracking().OrderBy(k => k.Version).ToListAsync(cancellation), cancellation);
        return rows.ConvertAll(row => (row.Version, Open(row), row.CreatedAt, row.ActiveFrom));
    }

    /// <summary>Takes in a version that another gateway exported.</summary>
    public void Import(DistrictSession session, short version, byte[] root, DateTimeOffset createdAt, DateTimeOffset activeFrom) =>
        Add(session, version, root, createdAt, activeFrom);

    /// <summary>
    /// Destroys all versions of a district's key: the shares first, so that from then on no backup links anybody; then the rows. Doing it
    /// again after a crash in between completes it. Other replicas forget what they hold open within five minutes.
    /// </summary>
    /// <returns>How many versions there were.</returns>
    public Task<int> DestroyAsync(int district, CancellationToken cancellation) => DestroyAsync(district, _ => true, cancellation);

    /// <summary>Destroys one version that nothing hangs on any more.</summary>
    public Task<int> DestroyAsync(int district, short version, CancellationToken cancellation) =>
        DestroyAsync(district, row => row.Version == version, cancellation);

    private async Task<int> DestroyAsync(int district, Func<DistrictKey, bool> which, CancellationToken cancellation)
    {
        var destroyed = await database.InDistrictAsync(district, async session =>
        {
            var rows = (await session.Model.DistrictKeys.ToListAsync(cancellation)).Where(which).ToList();
            foreach (var share in rows.Select(row => row.Share).OfType<Guid>())
                shares.Destroy(share);
            session.Model.DistrictKeys.RemoveRange(rows);
            await session.Model.SaveChangesAsync(cancellation);
            foreach (var row in rows)
                await trail.AppendAsync(session, AuditEntry.ByGateway("key.destroyed", ("version", row.Version.ToString(CultureInfo.InvariantCulture))), cancellation);
            return rows.Count;
        }, cancellation);
        rings.TryRemove(district, out _);
        return destroyed;
    }

    private DistrictKey Make(DistrictSession session, short version, DateTimeOffset activeFrom) =>
        Add(session, version, RandomNumberGenerator.GetBytes(32), time.GetUtcNow(), activeFrom);

    private DistrictKey Add(DistrictSession session, short version, byte[] root, DateTimeOffset createdAt, DateTimeOffset activeFrom)
    {
        // On disk before the row is committed: a key whose share got lost would be lost with everything that hangs on it.
        var (id, share) = shares.Create();
        var context = ContextOf(session.District, version);
        var inner = new byte[root.Length + SealingKey.Overhead];
        new SealingKey(share).Seal(root, inner, Encoding.UTF8.GetBytes(context));
        var row = new DistrictKey
        {
            DistrictId = session.District,
            Version = version,
            Share = id,
            SealedKey = sealer.Seal(Purpose, inner, context),
            ActiveFrom = activeFrom,
            CreatedAt = createdAt,
        };
        session.Model.DistrictKeys.Add(row);
        CryptographicOperations.ZeroMemory(root);
        CryptographicOperations.ZeroMemory(share);
        return row;
    }

    private byte[] Open(DistrictKey row)
    {
        var context = ContextOf(row.DistrictId, row.Version);
        var opened = sealer.Open(Purpose, row.SealedKey, context);
        if (row.Share is not { } id)
            return opened;
        var share = shares.Find(id) ?? throw new KeyShareMissingException(row.DistrictId, row.Version, shares.Folder);
        return new SealingKey(share).TryOpen(opened, Encoding.UTF8.GetBytes(context), out var root)
            ? root
            : throw new KeyShareMissingException(row.DistrictId, row.Version, shares.Folder);
    }

    private static string ContextOf(int district, short version) => $"{district}:{version}";
}
