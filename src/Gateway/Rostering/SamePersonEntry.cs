using Gateway.Privacy;
using Gateway.Privacy.Rosters;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Rostering;

/// <summary>
/// Whether a district may go by what it enters as <c>--same-person</c> (S-1, S-11): a pattern by which almost everybody of its roster would be one
/// with somebody else is refused, and so is the identifier of users before the district has accepted that it is read.
/// </summary>
internal static class SamePersonEntry
{
    private static readonly Failure Broad = new(
        "roster.same_person_broad",
        "By that part of the sourcedIds almost everybody in this district's roster would be one person with somebody else. Choose a character behind (or before) which "
        + "stands what belongs to one person alone, master-identifier, or none.");

    private static readonly Failure Unchecked = new(
        "roster.same_person_unchecked",
        "Whom that part of the sourcedIds would make one cannot be told: no whole roster was read of late, or the character is not one of ASCII. Run the roster once "
        + "(`roster sync`, or `roster import`, also with --dry-run), then enter it again.");

    private static readonly Failure NotAccepted = new(
        "roster.same_person_not_accepted",
        $"The district has not accepted that the identifier of its users is read: `privacy accept DISTRICT --version {RosterAllowList.IdentifierField.Since} --by NAME`, then enter it again.");

    /// <param name="database">The database.</param>
    /// <param name="district">The district's number.</param>
    /// <param name="samePerson">What was entered; null: nothing.</param>
    /// <param name="cancellation">Stops the asking.</param>
    /// <returns>Why it is refused; null: it is not.</returns>
    public static async Task<Failure?> RefusalAsync(GatewayDatabase database, int district, string? samePerson, CancellationToken cancellation)
    {
        if (samePerson is null || SamePersonRule.Parse(samePerson) is not { } rule)
            return null;
        if (rule.ReadsIdentifier)
            return await AcceptedPolicies.OfAsync(database, district, cancellation) < RosterAllowList.IdentifierField.Since ? NotAccepted : null;
        return rule.IsPattern ? await database.InDistrictAsync(district, session => RefusalAsync(session, samePerson, cancellation), cancellation) : null;
    }

    private static async Task<Failure?> RefusalAsync(DistrictSession session, string pattern, CancellationToken cancellation)
    {
        if (!await session.Model.Learners.AnyAsync(learner => learner.OnRoster, cancellation))
            return null;
        var broad = await session.Model.RosterRuns.Where(run => run.BroadPatterns != null && run.State != "failed")
            .OrderByDescending(run => run.Id).Select(run => run.BroadPatterns).FirstOrDefaultAsync(cancellation);
        return broad is null || !char.IsAscii(pattern[^1]) ? Unchecked : broad.Contains(pattern) ? Broad : null;
    }
}
