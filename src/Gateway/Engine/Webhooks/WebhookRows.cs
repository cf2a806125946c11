using Gateway.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Gateway.Engine.Webhooks;

/// <summary>The rows of events: hold one, say what became of it.</summary>
internal sealed class WebhookRows(GatewayDatabase database, TimeProvider time)
{
    // A district that gives the engine nothing any more is not spoken of. Should it give something again, that begins with an event.
    private const string DropWithdrawn =
        """
        with withdrawn as (
          delete from gateway.webhook_event e
          where e.id = $1 and e.state = 'pending' and not exists (select from gateway.engine_districts(e.client_id) d where d.id = e.district_id)
          returning e.district_id, e.client_id)
        delete from gateway.webhook_position p using withdrawn w where p.district_id = w.district_id and p.client_id = w.client_id
        """;

    private const string Count =
        """
        update gateway.webhook_event e set attempts = e.attempts + 1, sending = true
        from gateway.engine_webhook w, gateway.district d
        where e.id = $1 and e.state = 'pending' and e.next_attempt_at <= $2 and w.client_id = e.client_id and w.disabled_at is null and d.id = e.district_id
        returning e.client_id, d.slug, e.type, e.created_at, e.offered_at, e.attempts, w.url, w.sealed_secret,
                  case when w.previous_until > $2 then w.sealed_previous_secret end,
                  e.score_id, e.score_code
        """;

    private const string Finish =
        """
        update gateway.webhook_event
        set state = $2, code = $3, last_status = $4, next_attempt_at = coalesce($5, next_attempt_at), sending = false,
            finished_at = case when $2 = 'pending' then null else $6 end
        where id = $1
        """;

    // Only the address that said so: another may have been set meanwhile.
    private const string Disable =
        "update gateway.engine_webhook set disabled_at = $3, disabled_code = $4 where client_id = $1 and url = $2 and disabled_at is null";

    /// <summary>Holds an event and counts the try (committed before the receiver is asked); null: somebody has it, or it is not to be sent.</summary>
    public async Task<HeldEvent?> TryHoldAsync(Guid id, int district, CancellationToken cancellation)
    {
        var key = SessionLock.KeyOf(id);
        var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        var locked = false;
        HeldEvent? held = null;
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

    public async Task FinishAsync(HeldEvent held, WebhookOutcome outcome, CancellationToken cancellation)
    {
        var now = new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() };
        await using var batch = GatewayDatabase.DistrictBatch(held.Connection, held.District);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Finish)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = held.Id },
                new NpgsqlParameter<string> { TypedValue = outcome.State },
                Nullable(outcome.Code, NpgsqlDbType.Text),
                Nullable(outcome.Status, NpgsqlDbType.Integer),
                Nullable(outcome.NextAttemptAt, NpgsqlDbType.TimestampTz),
                now,
            },
        });
        if (outcome.Code == WebhookCodes.Gone)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Disable)
            {
                Parameters = { Text(held.ClientId), Text(held.Url), now.Clone(), Text(WebhookCodes.Gone) },
            });
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<HeldEvent?> CountAsync(NpgsqlConnection connection, long key, Guid id, int district, CancellationToken cancellation)
    {
        await using var batch = GatewayDatabase.DistrictBatch(connection, district);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(DropWithdrawn) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = id } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Count)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = id }, new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() } },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            return null;
        return new HeldEvent(connection, key)
        {
            Id = id,
            District = district,
            ClientId = reader.GetString(0),
            DistrictSlug = reader.GetString(1),
            Type = reader.GetString(2),
            Score = reader.IsDBNull(9) ? null : new ParkedScore(reader.GetGuid(9), reader.GetString(10)),
            CreatedAt = reader.GetFieldValue<DateTimeOffset>(3),
            OfferedAt = reader.GetFieldValue<DateTimeOffset>(4),
            Attempts = reader.GetInt32(5),
            Url = reader.GetString(6),
            SealedSecrets = reader.IsDBNull(8)
                ? [reader.GetFieldValue<byte[]>(7)]
                : [reader.GetFieldValue<byte[]>(7), reader.GetFieldValue<byte[]>(8)],
        };
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
