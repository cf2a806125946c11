using System.Text;
using Npgsql;

namespace Gateway.Privacy.Audit;

/// <summary>
/// Says what happened where an entry does not follow the one before it. An entry that the gateway wrote can be told by its hash, also
/// under another number or in another chain; one that nobody with the key wrote cannot pass for any.
/// </summary>
internal sealed class BreakDiagnosis(NpgsqlConnection connection, EntryHash hasher, int chain, IReadOnlyList<int> chains)
{
    /// <param name="expected">The number that had to follow.</param>
    /// <param name="previous">The hash of the entry before it.</param>
    /// <param name="end">The number at which the chain's head says that it ends.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<AuditBreak> OfAsync(long expected, byte[] previous, long end, CancellationToken cancellation)
    {
        var (found, next) = await FromAsync(expected, cancellation);
        if (found is null || found.Sequence > expected)
            return new AuditBreak(expected, AuditBreakKind.Removed);
        if (IsWritten(found, chain, expected))
            // It is genuine and follows another entry: the one before it, or a mark, is of another history.
            return new AuditBreak(expected, AuditBreakKind.Changed);
        if (chains.Any(other => other != chain && IsWritten(found, other, expected)))
            return new AuditBreak(expected, AuditBreakKind.Moved);
        if (await IsWrittenElsewhereAsync(found, expected, end, cancellation) is { } isReordered)
            return new AuditBreak(expected, isReordered ? AuditBreakKind.Reordered : AuditBreakKind.Removed);
        if (next is not null && (IsWritten(next, chain, expected) || next.Previous.AsSpan().SequenceEqual(previous)))
            return new AuditBreak(expected, AuditBreakKind.Inserted);
        return new AuditBreak(expected, expected > end ? AuditBreakKind.Inserted : AuditBreakKind.Changed);
    }

    /// <summary>
    /// Null: under no other number. True: its predecessor is in the chain, so the two were exchanged; false: it moved up because its
    /// predecessor is gone.
    /// </summary>
    private async Task<bool?> IsWrittenElsewhereAsync(Entry entry, long expected, long end, CancellationToken cancellation)
    {
        for (var sequence = 1L; sequence <= end; sequence++)
            if (sequence != expected && IsWritten(entry, chain, sequence))
            {
                await using var exists = new NpgsqlCommand("select exists (select from gateway.audit_entry where district_id = $1 and hash = $2) or $3", connection);
                exists.Parameters.Add(new NpgsqlParameter<int> { TypedValue = chain });
                exists.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = entry.Previous });
                exists.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = sequence == 1 });
                return (bool)(await exists.ExecuteScalarAsync(cancellation))!;
            }

        return null;
    }

    private async Task<(Entry? Found, Entry? Next)> FromAsync(long expected, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select sequence, at, actor, action, details, previous, hash from gateway.audit_entry
            where district_id = $1 and sequence >= $2 order by sequence limit 2
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = chain });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = expected });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = await reader.ReadAsync(cancellation) ? EntryOf(reader) : null;
        return (found, await reader.ReadAsync(cancellation) ? EntryOf(reader) : null);
    }

    private static Entry EntryOf(NpgsqlDataReader row) => new(
        row.GetInt64(0), EntryHash.MicrosecondsOf(row.GetFieldValue<DateTimeOffset>(1)), Encoding.UTF8.GetBytes(row.GetString(2)), Encoding.UTF8.GetBytes(row.GetString(3)),
        Encoding.UTF8.GetBytes(row.GetString(4)), row.GetFieldValue<byte[]>(5), row.GetFieldValue<byte[]>(6));

    private bool IsWritten(Entry entry, int inChain, long asSequence)
    {
        Span<byte> hash = stackalloc byte[EntryHash.Size];
        hasher.OfEntry(inChain, asSequence, entry.At, entry.Actor, entry.Action, entry.Details, entry.Previous, hash);
        return hash.SequenceEqual(entry.Hash);
    }

    private sealed record Entry(long Sequence, long At, byte[] Actor, byte[] Action, byte[] Details, byte[] Previous, byte[] Hash);
}
