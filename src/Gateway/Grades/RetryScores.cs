using System.Globalization;
using Gateway.Privacy;
using Gateway.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Gateway.Grades;

/// <summary>
/// Hands parked scores in again, with a new week of tries before them. One that was outdated goes with the time of its next try, and so
/// replaces what the gradebook has: that is what the person who hands it in wants.
/// </summary>
internal sealed class RetryScores(GatewayDatabase database, AuditTrail trail, ScoreSignal signal, TimeProvider time)
{
    private const string Retry =
        """
        update gateway.score_delivery
        set state = 'pending', attempts = 0, offered_at = @now, next_attempt_at = @now, finished_at = null, resent = code = 'lti.score_outdated'
        where district_id = @district and state = 'parked' and sealed_score is not null and (@id is null or id = @id)
        """;

    /// <param name="district">The district's number.</param>
    /// <param name="id">The score; null: all that are parked.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>How many.</returns>
    public async Task<Outcome<int>> RunAsync(int district, Guid? id, CancellationToken cancellation)
    {
        var done = await database.InDistrictAsync<Outcome<int>>(district, async session =>
        {
            await using var update = session.Command(Retry);
            update.Parameters.AddWithValue("district", district);
            update.Parameters.AddWithValue("now", time.GetUtcNow());
            update.Parameters.Add(new NpgsqlParameter("id", NpgsqlDbType.Uuid) { Value = (object?)id ?? DBNull.Value });
            var count = await update.ExecuteNonQueryAsync(cancellation);
            if (count == 0 && id is { } one)
                return await WhyNotAsync(session, one, cancellation);
            if (count > 0)
                await trail.AppendAsync(session, AuditEntry.ByOperator("scores.retried", ("count", count.ToString(CultureInfo.InvariantCulture))), cancellation);
            return count;
        }, cancellation);
        signal.Raise();
        return done;
    }

    private static async Task<Failure> WhyNotAsync(DistrictSession session, Guid id, CancellationToken cancellation)
    {
        await using var find = session.Command("select state from gateway.score_delivery where district_id = @district and id = @id");
        find.Parameters.AddWithValue("district", session.District);
        find.Parameters.AddWithValue("id", id);
        return await find.ExecuteScalarAsync(cancellation) switch
        {
            null => new("score.unknown", "There is no score of this id in this district: see `score list`."),
            ScoreState.Parked => new("score.content_erased", "The score was parked more than 30 days ago and its content is erased: its engine has to send it anew."),
            _ => new("score.not_parked", "The score is not parked: `score list` says how it stands."),
        };
    }
}
