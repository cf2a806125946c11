using System.Security.Cryptography;
using System.Text;
using Gateway.Alerts;
using Gateway.Identity;
using Gateway.Privacy;
using Gateway.Storage;
using Lti.Grades;
using Npgsql;
using NpgsqlTypes;

namespace Gateway.Grades;

/// <summary>
/// Takes a score once (L-3.3): checks it, opens its ticket and writes one outbox row; the same Idempotency-Key with the same content
/// gives the same row again. From the commit on the score is not lost, unless a newer one of the same learner and column takes its place.
/// </summary>
internal sealed class AcceptScore(GatewayDatabase database, ScoreTickets tickets, DistrictKeys keys, EngineClients engines, Incidents incidents, ScoreSignal signal, TimeProvider time)
{
    // Not what may be under way just now: its try ends first, and the next one finds the newer score.
    private const string Supersede =
        $"""
        update gateway.score_delivery s
        set state = 'superseded', code = case when (s.stated_at, s.ordinal) > (n.stated_at, n.ordinal) then '{ScoreCodes.GradeStands}' else '{ScoreCodes.Superseded}' end,
            platform_status = null, platform_reason = null, sealed_score = null, finished_at = $2
        from (select l.id, l.stated_at, l.ordinal from gateway.score_delivery l where l.lane = $1
              order by l.graded desc, l.stated_at desc, l.ordinal desc limit 1) n
        where s.lane = $1 and s.id <> n.id and (s.state = 'parked' or (s.state = 'pending' and not s.unanswered))
        """;

    public async Task<Outcome<ScoreStatus>> RunAsync(string clientId, string? idempotencyKey, ScoreSubmission submission, CancellationToken cancellation)
    {
        if (idempotencyKey is not { Length: > 0 and <= 255 })
            return new Failure("score.idempotency_key_missing", "The header Idempotency-Key is required: 1 to 255 characters, a new value for each new score.");
        var now = time.GetUtcNow();
        var rules = ScoreRules.Check(submission, now);
        if (!rules.Succeeded)
            return Outcome<ScoreStatus>.Failed(rules.Failures);
        var score = rules.Value;
        if (await tickets.OpenAsync(score.TicketText, clientId, cancellation) is not { } ticket)
        {
            await NoticeAsync(score.TicketText, clientId, cancellation);
            return new Failure("score.ticket_invalid", "scoreTicket is not one that this gateway gave this engine: send the score_ticket of the id_token unchanged.");
        }

        if (ticket.ExpiresAt <= now)
            return new Failure("score.ticket_expired", "scoreTicket has expired: the learner opens the activity again and a new one comes with the id_token.");

        var ring = await keys.GetAsync(ticket.District, cancellation);
        var id = Guid.CreateVersion7(now);
        var row = new Row(
            id, clientId, ring.Pseudonyms.Of(IdentifierKind.IdempotencyKey, Encoding.UTF8.GetBytes(clientId), Encoding.UTF8.GetBytes(idempotencyKey)), ContentOf(submission), ticket, await tickets.LaneOfAsync(ticket, cancellation), score.Seal(ring, id),
            score.GradingProgress == GradingProgress.FullyGraded, submission.Timestamp is null ? null : score.Timestamp, now);
        var written = await LearnerRace.RetryAsync(() => WriteAsync(row, cancellation));
        if (written.Succeeded)
            signal.Raise();
        return written;
    }

    // A ticket is sealed and goes into one engine's id_token: by accident no other engine has it.
    private async Task NoticeAsync(string ticket, string clientId, CancellationToken cancellation)
    {
        var others = (await engines.ListAsync(cancellation)).Select(engine => engine.ClientId).Where(id => id != clientId);
        if (await tickets.DistrictOfAsync(ticket, others, cancellation) is { } district)
            await incidents.NoticeAsync(district, IncidentKind.TenantBreach, clientId, threshold: 1, cancellation);
    }

    private async Task<Outcome<ScoreStatus>> WriteAsync(Row row, CancellationToken cancellation)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        await using var batch = GatewayDatabase.DistrictBatch(connection, row.Ticket.District);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            insert into gateway.score_delivery
              (id, district_id, client_id, idempotency_hash, content_hash, learner_id, registration_id, lane, sealed_score, state, next_attempt_at, accepted_at,
               offered_at, graded, stated_at)
            select $1, l.district_id, $2, $3, $4, l.learner_id, l.registration_id, $6, $7, 'pending', $8, $8, $8, $9,
                   coalesce($10, greatest($8, (select max(e.stated_at) from gateway.score_delivery e where e.lane = $6)))
            from gateway.launch l where l.id = $5
            on conflict (district_id, client_id, idempotency_hash) do nothing
            """)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = row.Id },
                new NpgsqlParameter<string> { TypedValue = row.ClientId },
                new NpgsqlParameter<Guid> { TypedValue = row.Idempotency.Value },
                new NpgsqlParameter<Guid> { TypedValue = row.Content },
                new NpgsqlParameter<Guid> { TypedValue = row.Ticket.LaunchId },
                new NpgsqlParameter<Guid> { TypedValue = row.Lane.Value },
                new NpgsqlParameter<byte[]> { TypedValue = row.SealedScore },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = row.At },
                new NpgsqlParameter<bool> { TypedValue = row.Graded },
                new NpgsqlParameter { Value = (object?)row.Stated ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Supersede)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = row.Lane.Value }, new NpgsqlParameter<DateTimeOffset> { TypedValue = row.At } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            "select id, state, code, accepted_at, finished_at, platform_status, platform_reason, content_hash from gateway.score_delivery where client_id = $1 and idempotency_hash = $2")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = row.ClientId }, new NpgsqlParameter<Guid> { TypedValue = row.Idempotency.Value } },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            return new Failure("score.learner_gone", "The learner of this score is not known any more: nothing is delivered.");
        if (reader.GetGuid(7) != row.Content)
            return new Failure("score.idempotency_conflict", "This Idempotency-Key was used for another score: use a new one for each score.");
        return ScoreStatuses.Read(reader);
    }

    // What was sent, not what it means: the same request again is the same bytes.
    private static Guid ContentOf(ScoreSubmission s) =>
        Hash(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{s.ScoreTicket}\n{s.ScoreGiven}\n{s.ScoreMaximum}\n{s.ActivityProgress}\n{s.GradingProgress}\n{s.Timestamp?.UtcTicks}"));

    private static Guid Hash(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16), bigEndian: true);

    private sealed record Row(
        Guid Id, string ClientId, Pseudonym Idempotency, Guid Content, ScoreTicket Ticket, Pseudonym Lane, byte[] SealedScore, bool Graded, DateTimeOffset? Stated,
        DateTimeOffset At);
}
