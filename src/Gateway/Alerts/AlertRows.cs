using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Gateway.Alerts;

/// <summary>An alert that this process is about to send.</summary>
internal sealed record HeldAlert(long Id, int District, string Recipient, string Subject, string Body, int Attempts, DateTimeOffset CreatedAt);

/// <summary>Who is told, as the table writes it.</summary>
internal static class AlertRecipient
{
    /// <summary>The district's administrator.</summary>
    public const string District = "district";

    /// <summary>Whoever runs the gateway.</summary>
    public const string Operator = "operator";
}

/// <summary>The rows of what is told: one an event, held by one replica at a time.</summary>
internal sealed class AlertRows(GatewayDatabase database, TimeProvider time)
{
    private const int Batch = 64;

    /// <summary>Writes an alert down, unless its event has one.</summary>
    public async Task AddAsync(
        DistrictSession session, string kind, string @event, AlertText text, CancellationToken cancellation, string recipient = AlertRecipient.District)
    {
        await using var insert = session.Command("""
            insert into gateway.roster_alert (district_id, kind, event, recipient, subject, body, next_attempt_at, created_at)
            values (@district, @kind, @event, @recipient, @subject, @body, @now, @now) on conflict (district_id, kind, event) do nothing
            """);
        insert.Parameters.AddWithValue("district", session.District);
        insert.Parameters.AddWithValue("kind", kind);
        // One event may be told to both.
        insert.Parameters.AddWithValue("event", recipient == AlertRecipient.District ? @event : $"{@event} to {recipient}");
        insert.Parameters.AddWithValue("recipient", recipient);
        insert.Parameters.AddWithValue("subject", text.Subject);
        insert.Parameters.AddWithValue("body", text.Body);
        insert.Parameters.AddWithValue("now", time.GetUtcNow());
        await insert.ExecuteNonQueryAsync(cancellation);
    }

    public static Task<bool> ExistsAsync(DistrictSession session, string kind, string @event, CancellationToken cancellation) =>
        session.Model.RosterAlerts.AnyAsync(alert => alert.Kind == kind && alert.Event == @event, cancellation);

    public async Task<IReadOnlyList<(long Id, int District)>> DueAsync(CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select id, district_id from gateway.due_alerts($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Batch });
        var due = new List<(long, int)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            due.Add((reader.GetInt64(0), reader.GetInt32(1)));
        return due;
    }

    /// <summary>
    /// Counts the attempt and puts the next one off, committed before the server is asked: another replica that looks now finds nothing
    /// due, and one that looks after this process died does.
    /// </summary>
    /// <returns>Null: another replica has it.</returns>
    public Task<HeldAlert?> TryHoldAsync(long id, int district, CancellationToken cancellation) => database.InDistrictAsync(district, async session =>
    {
        await using var update = session.Command("""
            update gateway.roster_alert
            set attempts = attempts + 1, next_attempt_at = @now + least(interval '1 hour', interval '1 minute' * (2 ^ least(attempts, 10)))
            where id = @id and state = 'pending' and next_attempt_at <= @now
            returning subject, body, attempts, created_at, recipient
            """);
        update.Parameters.AddWithValue("id", id);
        update.Parameters.AddWithValue("now", time.GetUtcNow());
        await using var reader = await update.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new HeldAlert(id, district, reader.GetString(4), reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetFieldValue<DateTimeOffset>(3))
            : null;
    }, cancellation);

    /// <param name="alert">What was tried.</param>
    /// <param name="state"><c>sent</c>, <c>dropped</c>, or <c>pending</c>: later.</param>
    /// <param name="code">Why it did not go; null when it did.</param>
    /// <param name="cancellation">Stops the work.</param>
    public Task FinishAsync(HeldAlert alert, string state, string? code, CancellationToken cancellation) => database.InDistrictAsync(alert.District, async session =>
    {
        await using var update = session.Command(
            "update gateway.roster_alert set state = @state, code = @code, finished_at = case when @state = 'pending' then null else @now end where id = @id");
        update.Parameters.AddWithValue("state", state);
        update.Parameters.Add(new NpgsqlParameter("code", NpgsqlDbType.Text) { Value = (object?)code ?? DBNull.Value });
        update.Parameters.AddWithValue("now", time.GetUtcNow());
        update.Parameters.AddWithValue("id", alert.Id);
        await update.ExecuteNonQueryAsync(cancellation);
    }, cancellation);

    public Task<List<RosterAlert>> ListAsync(int district, int limit, CancellationToken cancellation) => database.InDistrictAsync(district, session => session.Model.RosterAlerts
        .AsNoTracking().Where(alert => alert.DistrictId == district && alert.Recipient == AlertRecipient.District).OrderByDescending(alert => alert.Id).Take(limit).ToListAsync(cancellation), cancellation);
}
