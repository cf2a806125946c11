using Gateway.Storage;
using Npgsql;

namespace Gateway.Identity.UserInfo;

/// <summary>Sign-ins whose code was used twice: their access token is good for nothing any more (RFC 6749, 4.1.2).</summary>
internal sealed class RevokedSignIns(GatewayDatabase database, TimeProvider time)
{
    // Longer than the access token can live, clocks that differ included.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    public async Task RevokeAsync(int district, Guid launch, CancellationToken cancellation)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        await using var batch = GatewayDatabase.DistrictBatch(connection, district);
        batch.BatchCommands.Add(new("insert into gateway.spent_value (id, district_id, expires_at) values ($1, $2, $3) on conflict do nothing")
        {
            Parameters =
            {
                IdOf(launch),
                new NpgsqlParameter<int> { TypedValue = district },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() + Remembered },
            },
        });
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<bool> ContainsAsync(int district, Guid launch, CancellationToken cancellation)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        await using var batch = GatewayDatabase.DistrictBatch(connection, district);
        batch.BatchCommands.Add(new("select 1 from gateway.spent_value where id = $1") { Parameters = { IdOf(launch) } });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        // The first answer is that of choosing the district.
        await reader.NextResultAsync(cancellation);
        return await reader.ReadAsync(cancellation);
    }

    private static NpgsqlParameter<Guid> IdOf(Guid launch) => new() { TypedValue = SpentId.Of(launch, "revoked"u8) };
}
