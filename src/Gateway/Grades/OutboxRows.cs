using Gateway.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Gateway.Grades;

/// <summary>The outbox's rows: hold one, say what became of it.</summary>
internal sealed class OutboxRows(GatewayDatabase database, TimeProvider time)
{
    /// <summary>Holds a pending score and counts the try (committed before the platform is asked); null: somebody has it, or it is done.</summary>
    public async Task<HeldScore?> TryHoldAsync(Guid id, int district, CancellationToken cancellation)
    {
        var key = SessionLock.KeyOf(id);
        var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        var locked = false;
        HeldScore? held = null;
        try
        {
            locked = await SessionLock.TryTakeAsync(connection, key, cancellation);
            return held = locked ? await CountAsync(connection, key, id, district, cancellation) : null;
        }
        finally
        {
            if (held is null)
            {
                if (locked)
                    await SessionLock.ReleaseAsync(connection, key);
                await connection.DisposeAsync();
            }
        }
    }

    /// <summary>Writes what became of it. A delivered score and its ticket are erased; a parked one keeps them until it is given up.</summary>
    public async Task FinishAsync(HeldScore score, DeliveryOutcome outcome, int? platformStatus, CancellationToken cancellation)
    {
        await using var batch = GatewayDatabase.DistrictBatch(score.Connection, score.District);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            update gateway.score_delivery
            set state = $2, code = $3, platform_reason = $4, platform_status = $5, next_attempt_at = coalesce($6, next_attempt_at),
                finished_at = case when $2 = 'pending' then null else $7 end,
                sealed_score = case when $2 = 'delivered' then null else sealed_score end
            where id = $1
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = score.Id },
                new NpgsqlParameter<string> { TypedValue = outcome.State },
                Nullable(outcome.Code, NpgsqlDbType.Text),
                Nullable(outcome.Reason, NpgsqlDbType.Text),
                Nullable(platformStatus, NpgsqlDbType.Integer),
                Nullable(outcome.NextAttemptAt, NpgsqlDbType.TimestampTz),
                new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() },
            },
        });
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<HeldScore?> CountAsync(NpgsqlConnection connection, long key, Guid id, int district, CancellationToken cancellation)
    {
        await using var batch = GatewayDatabase.DistrictBatch(connection, district);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            update gateway.score_delivery set attempts = attempts + 1
            where id = $1 and state = 'pending' and next_attempt_at <= $2
            returning client_id, sealed_score, attempts, accepted_at
            """)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = id }, new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() } },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            return null;
        return new HeldScore(connection, key)
        {
            Id = id,
            District = district,
            ClientId = reader.GetString(0),
            SealedScore = reader.GetFieldValue<byte[]>(1),
            Attempts = reader.GetInt32(2),
            AcceptedAt = reader.GetFieldValue<DateTimeOffset>(3),
        };
    }

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
