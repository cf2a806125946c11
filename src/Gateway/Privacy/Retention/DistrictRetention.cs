using Gateway.Storage;
using Npgsql;

namespace Gateway.Privacy.Retention;

/// <summary>Keeps the rules in one district: one question says what is due, then each rule deletes batch by batch, a transaction each.</summary>
internal sealed class DistrictRetention(GatewayDatabase database, AuditTrail audit)
{
    private const string LearnerLock = "select pg_advisory_xact_lock(hashtextextended('gateway.learners', @district))";

    private static readonly string DueCounts =
        $"select {string.Join(",\n", RetentionRules.OfDistricts.Select(rule => $"({rule.Count})"))}";

    /// <summary>How many rows are due, by rule; rules under which nothing is due are left out.</summary>
    public Task<Dictionary<string, long>> CountAsync(int district, RetentionMoment moment, CancellationToken cancellation) =>
        database.InDistrictAsync(district, async session =>
        {
            var counts = new Dictionary<string, long>(StringComparer.Ordinal);
            await using var command = Command(session, DueCounts, moment);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            await reader.ReadAsync(cancellation);
            for (var i = 0; i < RetentionRules.OfDistricts.Count; i++)
                if (reader.GetInt64(i) is > 0 and var due)
                    counts[RetentionRules.OfDistricts[i].Code] = due;
            return counts;
        }, cancellation);

    /// <summary>Deletes what is due and answers how many rows went, by rule. The district's audit trail is told in each transaction.</summary>
    public async Task<Dictionary<string, long>> DeleteAsync(int district, RetentionMoment moment, CancellationToken cancellation)
    {
        var due = await CountAsync(district, moment, cancellation);
        var gone = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var rule in RetentionRules.OfDistricts)
        {
            // Somebody who was brought back meanwhile is not deleted: the batch looks again, and the last one is empty.
            while (due.GetValueOrDefault(rule.Code) > gone.GetValueOrDefault(rule.Code)
                && await DeleteBatchAsync(district, rule, moment, cancellation) is > 0 and var rows)
                gone[rule.Code] = gone.GetValueOrDefault(rule.Code) + rows;
        }

        return gone;
    }

    private Task<long> DeleteBatchAsync(int district, DistrictRule rule, RetentionMoment moment, CancellationToken cancellation) =>
        database.InDistrictAsync(district, async session =>
        {
            if (rule.TouchesRoster)
            {
                await using var take = Command(session, LearnerLock, moment);
                await take.ExecuteNonQueryAsync(cancellation);
            }

            await using var delete = Command(session, rule.Delete, moment);
            var rows = (long)(await delete.ExecuteScalarAsync(cancellation))!;
            if (rows > 0)
                await audit.AppendAsync(session, RetentionEntries.Deleted((rule.Code, rows)), cancellation);
            return rows;
        }, cancellation);

    // Without a time limit: a roster run holds the learner lock for as long as its switch takes.
    private static NpgsqlCommand Command(DistrictSession session, string sql, RetentionMoment moment)
    {
        var command = session.Command(sql);
        command.CommandTimeout = 0;
        moment.Bind(command, session.District);
        return command;
    }
}
