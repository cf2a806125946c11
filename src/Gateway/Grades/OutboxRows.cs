using Gateway.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Gateway.Grades;

/// <summary>The outbox's rows: hold the newest score of a lane, say what became of it.</summary>
internal sealed class OutboxRows(GatewayDatabase database, TimeProvider time)
{
    // The lane's lock is held: nothing of it is in flight. What is newest stands first in due order (graded, stated_at, ordinal); all that
    // waits or is parked behind it is superseded, also where the newest was delivered or parked before. What is still sent at infinity was
    // killed in the middle of a try: the platform may have taken it at any time until now.
    private const string Hold =
        $"""
        with lane as (select s.* from gateway.score_delivery s where s.lane = $1),
        newest as (select l.* from lane l order by l.graded desc, l.stated_at desc, l.ordinal desc limit 1),
        before as (select max(case when l.sent_at = 'infinity' then $2 else l.sent_at end) as sent_at from lane l, newest n where l.id <> n.id),
        beaten as (
          update gateway.score_delivery s
          set state = 'superseded', code = case when (s.stated_at, s.ordinal) > (n.stated_at, n.ordinal) then '{ScoreCodes.GradeStands}' else '{ScoreCodes.Superseded}' end,
              platform_status = null, platform_reason = null, sealed_score = null, finished_at = $2, sent_at = case when s.sent_at = 'infinity' then $2 else s.sent_at end
          from newest n where s.lane = $1 and s.id <> n.id and s.state in ('pending', 'parked'))
        update gateway.score_delivery s
        set attempts = case when b.sent_at > $2 - interval '1 second' then s.attempts else s.attempts + 1 end,
            next_attempt_at = case when b.sent_at > $2 - interval '1 second' then b.sent_at + interval '1 second' else s.next_attempt_at end,
            unanswered = s.unanswered or b.sent_at is null or b.sent_at <= $2 - interval '1 second',
            sent_at = case when b.sent_at > $2 - interval '1 second' then s.sent_at else 'infinity' end
        from newest n, before b
        where s.id = n.id and s.state = 'pending' and s.next_attempt_at <= $2
        returning s.id, s.client_id, s.sealed_score, s.attempts, s.offered_at, n.unanswered, case when n.sent_at = 'infinity' then $2 else n.sent_at end, s.resent, b.sent_at, b.sent_at > $2 - interval '1 second'
        """;

    // A newer one may have come meanwhile: then this one has no next try. Who is told of a parked one is told in the same transaction.
    private const string Finish =
        $"""
        with newer as (
          select exists (select from gateway.score_delivery s join gateway.score_delivery n on n.lane = s.lane and n.id <> s.id
                         where s.id = $1 and (n.graded, n.stated_at, n.ordinal) > (s.graded, s.stated_at, s.ordinal)) as here),
        done as (
          update gateway.score_delivery s
          set state = case when $2 <> 'delivered' and newer.here then 'superseded' else $2 end,
              code = case when $2 <> 'delivered' and newer.here then '{ScoreCodes.Superseded}' else $3 end,
              platform_reason = case when $2 <> 'delivered' and newer.here then null else $4 end,
              platform_status = case when $2 <> 'delivered' and newer.here then null else $5 end,
              next_attempt_at = coalesce($6, next_attempt_at),
              finished_at = case when $2 = 'pending' and not newer.here then null else $7 end,
              sealed_score = case when $2 = 'delivered' or newer.here then null else sealed_score end,
              sent_at = $8, unanswered = $9, resent = resent or $10
          from newer where s.id = $1
          returning s.id, s.district_id, s.client_id, s.state, s.code),
        told as (
          insert into gateway.webhook_event (id, district_id, client_id, type, created_at, state, offered_at, next_attempt_at, score_id, score_code)
          select gen_random_uuid(), d.district_id, d.client_id, 'score.parked', $7, 'pending', $7, $7, d.id, d.code
          from done d join gateway.engine_webhook w on w.client_id = d.client_id and w.disabled_at is null
          where d.state = 'parked')
        select state, code from done
        """;

    // The index by acceptance finds those that came after it.
    private const string OthersGo =
        """
        select exists (
          select from gateway.score_delivery s join gateway.score_delivery o on o.district_id = s.district_id and o.registration_id = s.registration_id
          where s.id = $1 and o.accepted_at > s.accepted_at and o.state = 'delivered' and o.lane <> s.lane)
        """;

    /// <summary>
    /// Holds the newest score of a lane and counts the try (committed before the platform is asked). Null: another process is at the lane,
    /// nothing of it is due, or the last delivery is less than a second old.
    /// </summary>
    public async Task<HeldScore?> TryHoldAsync(Guid lane, int district, CancellationToken cancellation)
    {
        var key = SessionLock.KeyOf(lane);
        var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        var locked = false;
        HeldScore? held = null;
        try
        {
            locked = await SessionLock.TryTakeAsync(connection, key, cancellation);
            return held = locked ? await CountAsync(connection, key, lane, district, cancellation) : null;
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

    /// <summary>
    /// Writes what became of it. A delivered or superseded score and its ticket are erased; a parked one keeps them for a while, so that a
    /// person can hand it in again.
    /// </summary>
    /// <returns>State and code as written; null: it is gone, with its learner.</returns>
    public async Task<(string State, string? Code)?> FinishAsync(HeldScore score, DeliveryOutcome outcome, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var arrived = outcome.State == ScoreState.Delivered || outcome.MayHaveArrived;
        await using var batch = GatewayDatabase.DistrictBatch(score.Connection, score.District);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Finish)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = score.Id },
                new NpgsqlParameter<string> { TypedValue = outcome.State },
                Nullable(outcome.Code, NpgsqlDbType.Text),
                Nullable(outcome.Reason, NpgsqlDbType.Text),
                Nullable(outcome.Status, NpgsqlDbType.Integer),
                Nullable(outcome.NextAttemptAt, NpgsqlDbType.TimestampTz),
                new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
                Nullable(arrived ? now : score.SentBefore, NpgsqlDbType.TimestampTz),
                new NpgsqlParameter<bool> { TypedValue = outcome.State != ScoreState.Delivered && (score.MayHaveArrived || outcome.MayHaveArrived) },
                new NpgsqlParameter<bool> { TypedValue = outcome.Resend },
            },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1)) : null;
    }

    /// <summary>Whether the platform took a score of another lane that came after this one.</summary>
    public async Task<bool> OthersGoAsync(HeldScore score, CancellationToken cancellation)
    {
        await using var batch = GatewayDatabase.DistrictBatch(score.Connection, score.District);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(OthersGo) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = score.Id } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        return await reader.ReadAsync(cancellation) && reader.GetBoolean(0);
    }

    private async Task<HeldScore?> CountAsync(NpgsqlConnection connection, long key, Guid lane, int district, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var batch = GatewayDatabase.DistrictBatch(connection, district);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Hold)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = lane }, new NpgsqlParameter<DateTimeOffset> { TypedValue = now } },
        });
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await row.NextResultAsync(cancellation);
        if (!await row.ReadAsync(cancellation) || (!row.IsDBNull(9) && row.GetBoolean(9)))
            return null;
        return new HeldScore(connection, key)
        {
            Id = row.GetGuid(0),
            District = district,
            Lane = lane,
            ClientId = row.GetString(1),
            SealedScore = row.GetFieldValue<byte[]>(2),
            Attempts = row.GetInt32(3),
            OfferedAt = row.GetFieldValue<DateTimeOffset>(4),
            HeldAt = now,
            MayHaveArrived = row.GetBoolean(5),
            SentBefore = row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6),
            Resent = row.GetBoolean(7),
            LaneSentAt = row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8),
        };
    }

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
