using Gateway.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Gateway.Engine;

/// <summary>An engine's events, over all districts: how they stand, and due once more.</summary>
internal sealed class WebhookEvents(GatewayDatabase database, TimeProvider time)
{
    public const string Pending = "pending";
    public const string Delivered = "delivered";
    public const string Dead = "dead";

    /// <summary>The newest events first; in one state, or in any when it is null.</summary>
    public async Task<List<WebhookEventStatus>> ListAsync(string clientId, string? state, int most, CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select * from gateway.webhook_events($1, $2, $3)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = clientId });
        command.Parameters.Add(Nullable(state, NpgsqlDbType.Text));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        var events = new List<WebhookEventStatus>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            events.Add(new(
                row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.GetString(4), row.GetInt32(5),
                row.GetFieldValue<DateTimeOffset>(6), row.IsDBNull(7) ? null : row.GetFieldValue<DateTimeOffset>(7),
                row.IsDBNull(8) ? null : row.GetInt32(8), row.IsDBNull(9) ? null : row.GetString(9)));
        return events;
    }

    /// <summary>How many events are in which state.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountAsync(string clientId, CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select state, events from gateway.webhook_counts($1)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = clientId });
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            counts[row.GetString(0)] = row.GetInt64(1);
        return counts;
    }

    /// <summary>
    /// Makes events due now, under their own ids, with a new day of tries before them: the one, those in the state, those made since then;
    /// whatever is null does not choose.
    /// </summary>
    /// <returns>How many.</returns>
    public async Task<long> ReplayAsync(string clientId, Guid? id, string? state, DateTimeOffset? since, CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select gateway.replay_webhooks($1, $2, $3, $4, $5)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = clientId });
        command.Parameters.Add(Nullable(id, NpgsqlDbType.Uuid));
        command.Parameters.Add(Nullable(state, NpgsqlDbType.Text));
        command.Parameters.Add(Nullable(since?.ToUniversalTime(), NpgsqlDbType.TimestampTz));
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
