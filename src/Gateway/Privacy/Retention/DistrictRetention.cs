using Gateway.Storage;
using Npgsql;

namespace Gateway.Privacy.Retention;

/// <summary>Keeps the rules in one district: one question says what is due, then the rules delete in turn, batch by batch.</summary>
internal sealed class DistrictRetention(GatewayDatabase database, AuditTrail audit)
{
    private static readonly string DueCounts =
        $"select {string.Join(",\n", RetentionRules.OfDistricts.Select(rule => $"({rule.Count})"))}";

    /// <summary>How many rows are due, by rule; rules under which nothing is due are left out.</summary>
    public async Task<Dictionary<string, long>> CountAsync(int district, RetentionMoment moment, CancellationToken cancellation)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        await using var batch = GatewayDatabase.DistrictBatch(connection, district);
        batch.Timeout = 0;
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LongWork.OfTransaction));
        var count = new NpgsqlBatchCommand(DueCounts);
        moment.Bind(count.Parameters, district);
        batch.BatchCommands.Add(count);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < RetentionRules.OfDistricts.Count; i++)
            if (reader.GetInt64(i) is > 0 and var due)
                counts[RetentionRules.OfDistricts[i].Code] = due;
        return counts;
    }

    /// <summary>
    /// Deletes what is due and answers how many rows went, by rule: on most days in one transaction, of which the district's audit trail is
    /// told.
    /// </summary>
    public async Task<Dictionary<string, long>> DeleteAsync(int district, RetentionMoment moment, CancellationToken cancellation)
    {
        var due = await CountAsync(district, moment, cancellation);
        var left = new Queue<DistrictRule>(RetentionRules.OfDistricts.Where(rule => due.ContainsKey(rule.Code)));
        var gone = new Dictionary<string, long>(StringComparer.Ordinal);
        while (left.Count > 0)
            foreach (var (rule, rows) in await DeleteBatchAsync(district, left, moment, cancellation))
                gone[rule] = gone.GetValueOrDefault(rule) + rows;
        return gone;
    }

    // A rule is done when its batch is not full; the next one may count on that.
    private Task<Dictionary<string, long>> DeleteBatchAsync(int district, Queue<DistrictRule> left, RetentionMoment moment, CancellationToken cancellation) =>
        database.InDistrictAsync(district, async session =>
        {
            await session.AllowLongWorkAsync(cancellation);
            if (left.Any(rule => rule.TouchesRoster))
                await session.HoldLearnersAsync(cancellation);

            var gone = new Dictionary<string, long>(StringComparer.Ordinal);
            while (gone.Values.Sum() < RetentionMoment.Batch && left.TryPeek(out var rule))
            {
                await using var delete = Command(session, rule.Delete, moment);
                if ((long)(await delete.ExecuteScalarAsync(cancellation))! is > 0 and var rows)
                    gone[rule.Code] = rows;
                if (gone.GetValueOrDefault(rule.Code) < RetentionMoment.Batch)
                    left.Dequeue();
            }

            if (gone.Count > 0)
                await audit.AppendAsync(session, RetentionEntries.Deleted(gone.Select(rule => (rule.Key, rule.Value))), cancellation);
            return gone;
        }, cancellation);

    // Without a time limit: a batch may be large.
    private static NpgsqlCommand Command(DistrictSession session, string sql, RetentionMoment moment)
    {
        var command = session.Command(sql);
        command.CommandTimeout = 0;
        moment.Bind(command.Parameters, session.District);
        return command;
    }
}
