using Gateway.Rostering.Staging;

namespace Gateway.Rostering.Phases;

/// <summary>
/// SIS ids that a launch brought before the roster did (T-2). Where the launch was a teacher's and the roster has a student, or the other way
/// round, the id leads to a learner of the roster's own from now on: the roster is the student information system's own word.
/// </summary>
internal static class ClaimedIds
{
    private const string Table = "create temp table claimed (learner_id bigint not null, hash uuid not null, role text not null) on commit drop";

    // Who was never on a roster and has a SIS id has it from a launch.
    private const string Claimed = """
        insert into claimed (learner_id, hash, role)
        select l.id, i.hash, l.role
        from gateway.learner l join gateway.learner_identity i on i.learner_id = l.id and i.kind = 2
        where l.district_id = @district and not l.on_roster and l.roster_ended is null
        """;

    // Who is in no class is not taken in, and says nothing; nor does who teaches without the role (S-3).
    private const string Disagreeing = """
        select c.learner_id, c.hash, said.role
        from claimed c
        join (
          select person, case when bool_or(student) then 'student' else 'teacher' end as role
          from (
            select n.person, n.role = 'student' as student, n.role = 'student' or exists (
                     select from staged_role t where t.person = n.person and (t.starts_on is null or t.starts_on <= @today) and (t.ends_on is null or t.ends_on > @today)) as placed
            from staged_enrollment n where n.person in (select hash from claimed)
            union all
            select r.person, true, false from staged_role r
            where r.role = 'student' and (r.starts_on is null or r.starts_on <= @today) and (r.ends_on is null or r.ends_on > @today)
              and r.person in (select hash from claimed)) row
          group by person having bool_or(placed)) said on said.person = c.hash
        join staged_user u on u.source = c.hash and u.active
        where said.role <> c.role
        order by c.learner_id, c.hash
        """;

    /// <summary>Takes the district's learner lock where there is something to take back.</summary>
    /// <returns>Whether it did.</returns>
    public static async Task<bool> TakeBackAsync(RosterRunContext run, DateTimeOffset now, CancellationToken cancellation)
    {
        await run.ExecuteAsync(Table, cancellation);
        if (await run.ExecuteAsync(Claimed, cancellation) == 0 || (await FindAsync(run, cancellation)).Count == 0)
            return false;
        await LearnerLock.TakeAsync(run, cancellation);
        if (run.Shared.Count > 0)
            await StagedFields.HoldAsync(run, cancellation);
        // A launch may have changed a role, or attached an id, while this waited.
        await run.ExecuteAsync("truncate claimed", cancellation);
        await run.ExecuteAsync(Claimed, cancellation);
        foreach (var (learner, hash, role) in await FindAsync(run, cancellation))
        {
            await using var take = run.Command("select gateway.take_back_sis(@learner, @hash, @role, @now)");
            take.Parameters.AddWithValue("learner", learner);
            take.Parameters.AddWithValue("hash", hash);
            take.Parameters.AddWithValue("role", role);
            take.Parameters.AddWithValue("now", now);
            await take.ExecuteNonQueryAsync(cancellation);
        }

        return true;
    }

    private static async Task<List<(long Learner, Guid Hash, string Role)>> FindAsync(RosterRunContext run, CancellationToken cancellation)
    {
        var found = new List<(long, Guid, string)>();
        await using var select = run.Command(Disagreeing);
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            found.Add((reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2)));
        return found;
    }
}
