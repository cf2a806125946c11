using System.Globalization;
using Npgsql;

namespace Gateway.Privacy.Audit;

/// <summary>Reads chains from their first entry to their head, in the view of one transaction, and says where one breaks.</summary>
internal sealed class ChainWalk(NpgsqlConnection connection, EntryHash hasher, IReadOnlyList<int> chains)
{
    private readonly Dictionary<int, AuditMark> recorded = [];

    /// <summary>Where the other chains ended, as the gateway's own chain said last.</summary>
    public IReadOnlyDictionary<int, AuditMark> Recorded => recorded;

    public async Task<AuditChainState> RunAsync(int chain, string? slug, IEnumerable<AuditMark> marks, CancellationToken cancellation)
    {
        await using (var see = new NpgsqlCommand("select set_config('gateway.district', $1, true)", connection))
        {
            see.Parameters.Add(new NpgsqlParameter<string> { TypedValue = chain.ToString(CultureInfo.InvariantCulture) });
            await see.ExecuteNonQueryAsync(cancellation);
        }

        var head = await ChainHead.ReadAsync(connection, chain, cancellation);
        var expected = marks.ToLookup(mark => mark.Sequence);
        var (entries, last, isWhole) = await ReadAsync(chain, expected, cancellation);
        var broken = isWhole
            ? BreakOfEnd(chain, entries, last, head, expected)
            : await new BreakDiagnosis(connection, hasher, chain, chains).OfAsync(entries + 1, last, head?.Sequence ?? 0, cancellation);
        return new AuditChainState(chain, slug, entries, entries > 0 ? AuditMark.Of(entries, last) : null, broken);
    }

    private async Task<(long Entries, byte[] Last, bool IsWhole)> ReadAsync(int chain, ILookup<long, AuditMark> expected, CancellationToken cancellation)
    {
        var (entries, previous, hash) = (0L, EntryHash.Nothing.ToArray(), new byte[EntryHash.Size]);
        await using var reader = await ChainReader.OpenAsync(connection, chain, cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (!Follows(reader, chain, entries + 1, previous, hash) || !Agrees(expected, entries + 1, hash))
                return (entries, previous, false);
            if (chain == AuditChain.Own)
                Record(reader);
            (previous, hash) = (hash, previous);
            entries++;
        }

        return (entries, previous, true);
    }

    private bool Follows(ChainReader entry, int chain, long sequence, byte[] previous, byte[] hash)
    {
        if (entry.Sequence != sequence || !entry.Previous.SequenceEqual(previous))
            return false;
        hasher.OfEntry(chain, sequence, entry.At, entry.Actor, entry.Action, entry.Details, entry.Previous, hash);
        return entry.Hash.SequenceEqual(hash);
    }

    private void Record(ChainReader entry)
    {
        if (!entry.Action.SequenceEqual("audit.heads"u8))
            return;
        foreach (var (chain, text) in EntryText.Parse(entry.Details))
            if (int.TryParse(chain, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && AuditMark.Parse(text) is { } mark)
                recorded[number] = mark;
    }

    private AuditBreak? BreakOfEnd(int chain, long entries, byte[] last, ChainHead? head, ILookup<long, AuditMark> expected)
    {
        if (head is null ? entries > 0 : !head.IsSealed(hasher, chain) || head.Sequence > entries)
            return new AuditBreak(entries + 1, AuditBreakKind.Cut);
        if (expected.Any(marks => marks.Key > entries))
            return new AuditBreak(entries + 1, AuditBreakKind.Cut);
        return head is not null && (head.Sequence < entries || !head.Hash.AsSpan().SequenceEqual(last)) ? new AuditBreak(entries, AuditBreakKind.Changed) : null;
    }

    private static bool Agrees(ILookup<long, AuditMark> expected, long sequence, byte[] hash)
    {
        foreach (var mark in expected[sequence])
            if (!mark.Matches(hash))
                return false;
        return true;
    }
}
