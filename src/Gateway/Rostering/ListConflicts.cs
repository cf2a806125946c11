using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Rostering;

/// <summary>What a district's administrator looks at before people are joined or split: numbers, reasons and days.</summary>
/// <param name="Conflicts">The newest first.</param>
/// <param name="Joins">Those that can still be undone, the newest first.</param>
internal sealed record PeopleConflicts(IReadOnlyList<LearnerConflict> Conflicts, IReadOnlyList<LearnerJoin> Joins);

/// <summary>Lists a district's identity conflicts and joins (T-1).</summary>
internal sealed class ListConflicts(GatewayDatabase database, TimeProvider time)
{
    private const int Most = 500;

    /// <param name="district">The district's number.</param>
    /// <param name="learner">Only those of one learner; null: all.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public Task<PeopleConflicts> RunAsync(int district, long? learner, CancellationToken cancellation) => database.InDistrictAsync(district, async session =>
    {
        var since = time.GetUtcNow() - SplitPeople.Undoable;
        return new PeopleConflicts(
            await session.Model.LearnerConflicts.AsNoTracking().Where(one => learner == null || one.LearnerId == learner || one.OtherId == learner)
                .OrderByDescending(one => one.Id).Take(Most).ToListAsync(cancellation),
            await session.Model.LearnerJoins.AsNoTracking().Where(one => one.JoinedAt > since && (learner == null || one.KeptId == learner || one.DroppedId == learner))
                .OrderByDescending(one => one.Id).Take(Most).ToListAsync(cancellation));
    }, cancellation);
}
