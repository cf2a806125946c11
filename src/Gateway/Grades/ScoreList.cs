using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Grades;

/// <summary>A score as a district's administrator sees it: how it stands, and nothing about whose it is or what it says.</summary>
/// <param name="Id">The delivery's id, which its engine knows.</param>
/// <param name="State"><see cref="ScoreState"/>.</param>
/// <param name="Code">Why.</param>
/// <param name="PlatformStatus">The HTTP status of the platform's last refusal.</param>
/// <param name="PlatformReason">What the platform said, in the gateway's words.</param>
/// <param name="Engine">Whose score it is, by client id.</param>
/// <param name="Platform">The number of the registration, as <c>platform list</c> shows it.</param>
/// <param name="Attempts">Tries since it was taken or handed in again.</param>
/// <param name="AcceptedAt">When it was taken.</param>
/// <param name="NextAttemptAt">When it is tried next; null: it is not.</param>
/// <param name="FinishedAt">When it was delivered, parked or superseded.</param>
/// <param name="CanRetry">Whether <c>score retry</c> can hand it in again: its content is still there.</param>
internal sealed record ListedScore(
    Guid Id, string State, string? Code, int? PlatformStatus, string? PlatformReason, string Engine, int Platform, int Attempts,
    DateTimeOffset AcceptedAt, DateTimeOffset? NextAttemptAt, DateTimeOffset? FinishedAt, bool CanRetry);

/// <summary>Lists a district's scores.</summary>
internal sealed class ScoreList(GatewayDatabase database)
{
    /// <param name="district">The district's number.</param>
    /// <param name="state">One of <see cref="ScoreState.All"/>; null: any.</param>
    /// <param name="most">How many at most, the newest first.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public Task<List<ListedScore>> RunAsync(int district, string? state, int most, CancellationToken cancellation) => database.InDistrictAsync(district, session =>
        session.Model.ScoreDeliveries.AsNoTracking()
            .Where(score => score.DistrictId == district && (state == null || score.State == state))
            .OrderByDescending(score => score.AcceptedAt).ThenByDescending(score => score.Ordinal).Take(most)
            .Select(score => new ListedScore(
                score.Id, score.State, score.Code, score.PlatformStatus, score.PlatformReason, score.ClientId, score.RegistrationId, score.Attempts,
                score.AcceptedAt, score.State == ScoreState.Pending ? score.NextAttemptAt : null, score.FinishedAt,
                score.State == ScoreState.Parked && score.SealedScore != null))
            .ToListAsync(cancellation), cancellation);
}
