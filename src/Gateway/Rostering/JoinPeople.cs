using System.Globalization;
using Gateway.Privacy;
using Gateway.Storage;

namespace Gateway.Rostering;

/// <summary>What came of joining two learners.</summary>
/// <param name="Join">The join's number, by which it can be undone; null: it needs a confirmation, and nothing was done.</param>
/// <param name="Kept">The learner that is left.</param>
/// <param name="Dropped">The learner that becomes part of it.</param>
/// <param name="Reasons">Why the rule does not join them by itself, as <c>learner_conflict</c> writes it.</param>
internal sealed record JoinedPeople(long? Join, long Kept, long Dropped, IReadOnlyList<string> Reasons);

/// <summary>
/// A person says that two learners are one (T-1). Where the rule of docs/adr/0042 permits it, it is done; where two accounts of one platform, two
/// SIS ids or a split stand against it, it takes a confirmation. A teacher and a student are never joined.
/// </summary>
internal sealed class JoinPeople(GatewayDatabase database, AuditTrail trail, TimeProvider time)
{
    private static readonly Failure Same = new("people.same", "These are one learner already: give two numbers that `roster people DISTRICT conflicts` shows.");
    private static readonly Failure RolesDiffer = new(
        "people.roles_differ", "One is a teacher and the other a student: they are never joined. Correct the role in the student information system or in the platform, and let the person launch again.");

    /// <summary>There is no such learner in the district.</summary>
    public static readonly Failure Unknown = new("people.unknown", "This district has no learner of that number: `roster people DISTRICT conflicts` and `find` show numbers.");

    /// <returns>Fails with <c>people.same</c>, <c>people.unknown</c> or <c>people.roles_differ</c>.</returns>
    public Task<Outcome<JoinedPeople>> RunAsync(int district, long one, long other, bool confirmed, CancellationToken cancellation) =>
        database.InDistrictAsync<Outcome<JoinedPeople>>(district, async session =>
        {
            if (one == other)
                return Same;
            var (keep, drop) = (Math.Min(one, other), Math.Max(one, other));
            await session.HoldLearnersAsync(cancellation);
            var (known, reasons) = await AskAsync(session, keep, drop, cancellation);
            if (known < 2)
                return Unknown;
            if (reasons.Contains("role"))
                return RolesDiffer;
            if (reasons.Count > 0 && !confirmed)
                return new JoinedPeople(null, keep, drop, reasons);
            await using var join = session.Command("select gateway.join_learners(@keep, @drop, 'operator', null, @now)");
            join.Parameters.AddWithValue("keep", keep);
            join.Parameters.AddWithValue("drop", drop);
            join.Parameters.AddWithValue("now", time.GetUtcNow());
            var number = (long)(await join.ExecuteScalarAsync(cancellation))!;
            await trail.AppendAsync(session, AuditEntry.ByOperator(
                "people.joined", ("join", number.ToString(CultureInfo.InvariantCulture)), ("against", reasons.Count > 0 ? string.Join(' ', reasons) : null)), cancellation);
            return new JoinedPeople(number, keep, drop, reasons);
        }, cancellation);

    private static async Task<(long Known, IReadOnlyList<string> Reasons)> AskAsync(DistrictSession session, long keep, long drop, CancellationToken cancellation)
    {
        await using var ask = session.Command("""
            select (select count(*) from gateway.learner l where l.id in (@keep, @drop)),
                   array_remove(array[gateway.join_conflict(@keep, @drop),
                                      case when gateway.subject_clash(@keep, @drop, null) then 'subject_taken' end,
                                      case when gateway.has_identity(@keep, 2::smallint) and gateway.has_identity(@drop, 2::smallint) then 'sis_differs' end], null)
            """);
        ask.Parameters.AddWithValue("keep", keep);
        ask.Parameters.AddWithValue("drop", drop);
        await using var reader = await ask.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.GetInt64(0), [.. reader.GetFieldValue<string[]>(1).Distinct()]);
    }
}
