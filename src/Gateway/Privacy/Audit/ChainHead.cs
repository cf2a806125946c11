using Npgsql;

namespace Gateway.Privacy.Audit;

/// <summary>Where a chain says that it ends. The seal needs the key: a head that was never one cannot be made, an old one can be put back.</summary>
internal sealed record ChainHead(long Sequence, byte[] Hash, byte[] Seal)
{
    /// <summary>On a connection that sees the chain; null where there is no head.</summary>
    public static async Task<ChainHead?> ReadAsync(NpgsqlConnection connection, int chain, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select sequence, hash, seal from gateway.audit_head where district_id = $1", connection)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = chain } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new ChainHead(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2))
            : null;
    }

    public bool IsSealed(EntryHash hasher, int chain)
    {
        Span<byte> expected = stackalloc byte[EntryHash.Size];
        hasher.OfHead(chain, Sequence, Hash, expected);
        return expected.SequenceEqual(Seal);
    }
}
