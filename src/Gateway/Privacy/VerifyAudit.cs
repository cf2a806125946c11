using System.Data;
using Gateway.Privacy.Audit;
using Gateway.Storage;
using Npgsql;

namespace Gateway.Privacy;

/// <summary>
/// Reads the audit trail again from its first entry on, and finds every entry that was changed, removed, inserted, moved or cut off by
/// somebody who has the database and not the master key, were it its owner.
/// <para>
/// It cannot find: what the gateway itself never wrote down; an end that was cut off after the heads were last recorded in the gateway's
/// own chain, by somebody who also kept an older head (a mark that was printed earlier and kept elsewhere finds that, too); a whole
/// database put back from a backup (the same); and anything done by whoever has the master key as well.
/// </para>
/// </summary>
internal sealed class VerifyAudit(GatewayDatabase database, AuditKeys keys)
{
    /// <param name="district">The district's number; null: every chain. The gateway's own chain is always read: it knows where the others ended.</param>
    /// <param name="marks">Of an earlier run, for the district's chain or, without one, for the gateway's own.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<AuditReport> RunAsync(int? district, IReadOnlyList<AuditMark> marks, CancellationToken cancellation)
    {
        using var hasher = new EntryHash(await keys.GetAsync(cancellation));
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        // One view of all chains: an entry that is written meanwhile is in none of it.
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);
        await LongWork.AllowAsync(connection, LongWork.OfTransaction, cancellation);
        var slugs = await SlugsAsync(connection, cancellation);
        var walk = new ChainWalk(connection, hasher, [.. slugs.Keys]);
        var own = await walk.RunAsync(AuditChain.Own, null, district is null ? marks : [], cancellation);
        var chains = new List<AuditChainState> { own };
        IEnumerable<int> others = district is { } one ? [one] : slugs.Keys.Union(walk.Recorded.Keys).Where(chain => chain != AuditChain.Own).Order();
        foreach (var chain in others.ToList())
        {
            IEnumerable<AuditMark> known = walk.Recorded.TryGetValue(chain, out var recorded) ? [recorded] : [];
            chains.Add(await walk.RunAsync(chain, slugs.GetValueOrDefault(chain), district is null ? known : known.Concat(marks), cancellation));
        }

        return new AuditReport(chains, walk.Recorded);
    }

    private static async Task<Dictionary<int, string?>> SlugsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select district_id, slug from gateway.audit_chains()", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var slugs = new Dictionary<int, string?>();
        while (await reader.ReadAsync(cancellation))
            slugs[reader.GetInt32(0)] = reader.IsDBNull(1) ? null : reader.GetString(1);
        return slugs;
    }
}
