using System.Globalization;
using Gateway.Privacy;
using Gateway.Storage;

namespace Gateway.Rostering;

/// <summary>What came of a split.</summary>
/// <param name="Learner">The learner that is of its own again.</param>
/// <param name="From">The learner that it was part of.</param>
internal sealed record SplitLearner(long Learner, long From);

/// <summary>
/// Undoes a join of the last 30 days (T-1): what moved goes back, and the engines are told by a change of kind <c>split</c>. The two stay apart,
/// whatever a launch or a roster says, until a person joins them.
/// </summary>
internal sealed class SplitPeople(GatewayDatabase database, AuditTrail trail, TimeProvider time)
{
    /// <summary>How long a join is remembered; as in <c>gateway.split_learner</c> and the retention rule.</summary>
    public static readonly TimeSpan Undoable = TimeSpan.FromDays(30);

    private static readonly Failure Unknown = new(
        "people.join_unknown", "There is no join of that number that can be undone: `roster people DISTRICT conflicts` shows those of the last 30 days.");

    /// <returns>Fails with <c>people.join_unknown</c>.</returns>
    public Task<Outcome<SplitLearner>> RunAsync(int district, long join, CancellationToken cancellation) =>
        database.InDistrictAsync<Outcome<SplitLearner>>(district, async session =>
        {
            await session.HoldLearnersAsync(cancellation);
            await using var split = session.Command("""
                select j.kept_id, gateway.split_learner(j.id, @now) from gateway.learner_join j where j.district_id = @district and j.id = @join
                """);
            split.Parameters.AddWithValue("district", district);
            split.Parameters.AddWithValue("join", join);
            split.Parameters.AddWithValue("now", time.GetUtcNow());
            SplitLearner done;
            await using (var reader = await split.ExecuteReaderAsync(cancellation))
            {
                if (!await reader.ReadAsync(cancellation) || reader.IsDBNull(1))
                    return Unknown;
                done = new(reader.GetInt64(1), reader.GetInt64(0));
            }

            await trail.AppendAsync(session, AuditEntry.ByOperator("people.split", ("join", join.ToString(CultureInfo.InvariantCulture))), cancellation);
            return done;
        }, cancellation);
}
