using System.Collections.Frozen;
using Gateway.Engine;
using Gateway.Privacy;
using Gateway.Storage;

namespace Gateway.Rostering.Staging;

/// <summary>
/// What is staged of the fields that a district may switch on (P-1.4). A run reads what was given to some engine when it began, and may
/// store only what still is when it commits: a district may have switched something off meanwhile.
/// </summary>
internal static class StagedFields
{
    // As in RosterAllowList.Switched.
    private static readonly (SharedField Field, string Clear)[] Columns =
    [
        (SharedField.School, "update staged_org set name = null where name is not null"),
        (SharedField.ClassTitle, "update staged_class set title = null where title is not null"),
        (SharedField.Subjects, "update staged_class set subjects = null where subjects is not null"),
        (SharedField.Grades, "update staged_class set grades = null where grades is not null"),
        (SharedField.Grades, "update staged_user set grades = null where grades is not null"),
    ];

    /// <summary>Of what the district gives to its engines, what a roster has to be read for.</summary>
    public static FrozenSet<SharedField> Among(FrozenSet<SharedField> given) => Columns.Select(column => column.Field).Where(given.Contains).ToFrozenSet();

    /// <summary>Forgets what is staged and not among what the run may keep.</summary>
    public static async Task ClearAsync(RosterRunContext run, CancellationToken cancellation)
    {
        var clear = string.Join(";\n", Columns.Where(column => !run.Shared.Contains(column.Field)).Select(column => column.Clear));
        if (clear.Length > 0)
            await run.ExecuteAsync(clear, cancellation);
    }

    /// <summary>
    /// Holds still what the district gives to its engines, until the run's transaction ends, and looks again. To be asked after the
    /// learner lock: whoever takes both takes that one first.
    /// </summary>
    /// <returns>Whether the run may keep less than it compared; it has then to be compared again, without that.</returns>
    public static async Task<bool> IsOvertakenAsync(RosterRunContext run, CancellationToken cancellation)
    {
        if (run.Shared.Count == 0)
            return false;
        await HoldAsync(run, cancellation);
        await using var session = new DistrictSession(run.Request.District, run.Connection, run.Transaction!);
        var now = await FieldMappings.SharedAsync(session, cancellation);
        if (run.Shared.IsSubsetOf(now))
            return false;
        run.Shared = run.Shared.Intersect(now).ToFrozenSet();
        return true;
    }

    /// <summary>Takes the lock alone: where rows are written before the question can be asked.</summary>
    public static async Task HoldAsync(RosterRunContext run, CancellationToken cancellation)
    {
        await using var hold = new Npgsql.NpgsqlCommand(FieldMappings.LockShared, run.Connection, run.Transaction) { CommandTimeout = 0 };
        hold.Parameters.Add(new() { Value = (long)run.Request.District });
        await hold.ExecuteNonQueryAsync(cancellation);
    }
}
