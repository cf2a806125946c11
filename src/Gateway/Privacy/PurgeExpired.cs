using Gateway.Privacy.Retention;
using Gateway.Storage;
using Npgsql;

namespace Gateway.Privacy;

/// <summary>
/// Keeps the rules of the minute (P-2.7): nonces, tickets and codes go when they expire, keys when nobody needs them any more. How many went
/// is told to the audit trail once a day (<see cref="RetentionClock"/>).
/// </summary>
internal sealed class PurgeExpired(GatewayDatabase database, TimeProvider time)
{
    /// <returns>How many rows went.</returns>
    public async Task<long> RunAsync(CancellationToken cancellation) =>
        (await AskAsync("gateway.delete_expired", cancellation)).Values.Sum();

    /// <summary>How many would go, by rule; rules under which nothing is due are left out.</summary>
    public Task<Dictionary<string, long>> CountAsync(CancellationToken cancellation) => AskAsync("gateway.count_expired", cancellation);

    /// <summary>Deletes and answers how many, by rule.</summary>
    public Task<Dictionary<string, long>> DeleteAsync(CancellationToken cancellation) => AskAsync("gateway.delete_expired", cancellation);

    private async Task<Dictionary<string, long>> AskAsync(string function, CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand($"select rule, {function}(rule, $1) from unnest($2) as rule");
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. RetentionRules.OfMinutes.Select(rule => rule.Code)] });
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            if (reader.GetInt64(1) is > 0 and var rows)
                counts[reader.GetString(0)] = rows;
        return counts;
    }
}
