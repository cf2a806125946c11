using Gateway.Storage;

namespace Gateway.Rostering.Phases;

/// <summary>
/// The district's learner lock, which a person's first launch takes too: two of them must not make one person twice. A run compares
/// without it, so that launches need not wait for a long comparison, and takes it before it writes.
/// </summary>
internal static class LearnerLock
{
    // Somebody new to the comparison may have got a learner meanwhile, or a learner that it counts on may have become part of another, or be split. What it
    // counts on may have been deleted: nothing else but another run ends anything, and terms are in no feed.
    private const string Overtaken = """
        select exists (select from wanted_person w join gateway.learner_identity i on i.district_id = @district and i.kind = 2 and i.hash = w.source
                       where not w.known and i.learner_id <> w.learner_id)
            or exists (select from gateway.change c where c.district_id = @district and c.sequence > @position and c.kind in ('merged', 'split', 'ended', 'erased'))
            or exists (select from wanted_term w where w.change is distinct from 'added' and not exists (select from gateway.term t where t.id = w.id))
        """;

    public static async Task TakeAsync(RosterRunContext run, CancellationToken cancellation)
    {
        await using var session = new DistrictSession(run.Request.District, run.Connection, run.Transaction!);
        await session.HoldLearnersAsync(cancellation);
    }

    /// <summary>Takes the lock after the comparison.</summary>
    /// <returns>Whether a launch overtook the comparison, which then has to be made again.</returns>
    public static async Task<bool> IsOvertakenAsync(RosterRunContext run, CancellationToken cancellation)
    {
        if (run.LocksFirst)
            return false;
        await TakeAsync(run, cancellation);
        await using var overtaken = run.Command(Overtaken);
        overtaken.Parameters.AddWithValue("position", run.FeedPosition);
        return (bool)(await overtaken.ExecuteScalarAsync(cancellation))!;
    }
}
