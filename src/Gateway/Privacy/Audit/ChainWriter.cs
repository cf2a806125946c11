using System.Text;
using Npgsql;

namespace Gateway.Privacy.Audit;

/// <summary>Adds an entry to the end of a chain, on a connection that sees the chain and has a transaction open.</summary>
internal readonly struct ChainWriter(byte[] key, TimeProvider time)
{
    public async Task AppendAsync(NpgsqlConnection connection, int chain, AuditEntry entry, CancellationToken cancellation)
    {
        var (last, previous) = await HoldHeadAsync(connection, chain, cancellation);
        var sequence = last + 1;
        var at = EntryHash.MicrosecondsOf(time.GetUtcNow());
        var details = EntryText.DetailsOf(entry);
        var (hash, seal) = (new byte[EntryHash.Size], new byte[EntryHash.Size]);
        using (var hasher = new EntryHash(key))
        {
            hasher.OfEntry(chain, sequence, at, Encoding.UTF8.GetBytes(entry.Actor), Encoding.UTF8.GetBytes(entry.Action), details, previous, hash);
            hasher.OfHead(chain, sequence, hash, seal);
        }

        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand("""
                    insert into gateway.audit_entry (district_id, sequence, at, actor, action, details, previous, hash)
                    values ($1, $2, $3, $4, $5, $6, $7, $8)
                    """)
                {
                    Parameters =
                    {
                        new NpgsqlParameter<int> { TypedValue = chain }, new NpgsqlParameter<long> { TypedValue = sequence },
                        new NpgsqlParameter<DateTimeOffset> { TypedValue = EntryHash.TimeOf(at) },
                        new NpgsqlParameter<string> { TypedValue = entry.Actor }, new NpgsqlParameter<string> { TypedValue = entry.Action },
                        new NpgsqlParameter<string> { TypedValue = Encoding.UTF8.GetString(details) },
                        new NpgsqlParameter<byte[]> { TypedValue = previous }, new NpgsqlParameter<byte[]> { TypedValue = hash },
                    },
                },
                new NpgsqlBatchCommand("update gateway.audit_head set sequence = $2, hash = $3, seal = $4 where district_id = $1")
                {
                    Parameters =
                    {
                        new NpgsqlParameter<int> { TypedValue = chain }, new NpgsqlParameter<long> { TypedValue = sequence },
                        new NpgsqlParameter<byte[]> { TypedValue = hash }, new NpgsqlParameter<byte[]> { TypedValue = seal },
                    },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<(long Sequence, byte[] Hash)> HoldHeadAsync(NpgsqlConnection connection, int chain, CancellationToken cancellation)
    {
        var (nothing, seal) = (EntryHash.Nothing.ToArray(), new byte[EntryHash.Size]);
        using (var hasher = new EntryHash(key))
            hasher.OfHead(chain, 0, nothing, seal);
        // The update changes nothing: it takes the row's lock and answers with what stands there now.
        await using var hold = new NpgsqlCommand("""
            insert into gateway.audit_head as h (district_id, sequence, hash, seal) values ($1, 0, $2, $3)
            on conflict (district_id) do update set sequence = h.sequence
            returning sequence, hash
            """, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = chain }, new NpgsqlParameter<byte[]> { TypedValue = nothing }, new NpgsqlParameter<byte[]> { TypedValue = seal },
            },
        };
        await using var reader = await hold.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
    }
}
