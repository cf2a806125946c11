using Gateway.Storage;
using Npgsql;

namespace Gateway.Identity.Token;

/// <summary>Sees to it that one launch yields at most one id_token, however many codes were made of it.</summary>
internal sealed class SpentLaunches(GatewayDatabase database, TimeProvider time)
{
    // Longer than any ticket and any code made from it can live, clocks that differ included.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    /// <summary>Spends the launch: one round trip, one commit. False when it was spent before.</summary>
    public async Task<bool> TrySpendAsync(int district, Guid launch, CancellationToken cancellation)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        await using var batch = GatewayDatabase.DistrictBatch(connection, district);
        var insert = new NpgsqlBatchCommand(
            "insert into gateway.spent_value (id, district_id, expires_at) values ($1, $2, $3) on conflict do nothing")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = SpentId.Of(launch, "id_token"u8) },
                new NpgsqlParameter<int> { TypedValue = district },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() + Remembered },
            },
        };
        batch.BatchCommands.Add(insert);
        await batch.ExecuteNonQueryAsync(cancellation);
        return insert.RecordsAffected == 1;
    }
}
