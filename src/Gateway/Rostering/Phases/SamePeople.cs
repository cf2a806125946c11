using Gateway.Privacy.Rosters;
using Gateway.Rostering.Staging;
using OneRoster.Validation;

namespace Gateway.Rostering.Phases;

/// <summary>
/// Makes one of people whom the roster says to be one, and two of those whom it no longer says to be (R-3.7, S-1, S-2). What would be done is
/// counted before anything is: where it is more than the district lets a run do by itself, nothing is, and the run waits. A student and a
/// teacher never become one.
/// </summary>
internal static class SamePeople
{
    // Records that share a value, and those that a roster joined of late; who has no role tonight says nothing.
    private const string Records = """
        create temp table roster_join on commit drop as
        select j.id, j.kept_id, i.hash, i.id = any (j.identities) as moved
        from gateway.learner_join j join gateway.learner_identity i on i.learner_id = j.kept_id and i.kind = 2
        where j.district_id = @district and j.cause = 'roster' and j.joined_at > @now - interval '30 days' and @whole;
        analyze roster_join;
        create temp table same_person on commit drop as
        with candidate as (
          select u.source, u.person from staged_user u
          where u.active and (u.person in (select person from staged_user where active and person is not null group by person having count(*) > 1)
                              or u.source in (select hash from roster_join))),
        said as (
          select r.person as source, r.role = 'student' as student from staged_role r
          where r.person in (select source from candidate) and (r.starts_on is null or r.starts_on <= @today) and (r.ends_on is null or r.ends_on > @today)
          union all
          select n.person, true from staged_enrollment n where n.role = 'student' and n.person in (select source from candidate))
        select c.source, c.person, i.learner_id, bool_or(s.student) as student
        from candidate c join said s on s.source = c.source
        left join gateway.learner_identity i on i.district_id = @district and i.kind = 2 and i.hash = c.source
        group by c.source, c.person, i.learner_id;
        analyze same_person;
        """;

    // A student in one of the records that lead to a learner is one in all of them, and is of no group of teachers.
    private const string Groups = """
        drop table if exists person_group;
        update same_person s set learner_id = i.learner_id
        from gateway.learner_identity i where i.district_id = @district and i.kind = 2 and i.hash = s.source and i.learner_id is distinct from s.learner_id;
        create temp table person_group on commit drop as
        select g.person, g.student, g.learners, g.fresh, g.sources,
               exists (select from unnest(g.learners[2:]) as l (id) where gateway.join_conflict(g.learners[1], l.id) is not null) as apart
        from (
          select s.person, s.student, coalesce(array_agg(distinct s.learner_id order by s.learner_id) filter (where s.learner_id is not null), '{}') as learners,
                 count(*) filter (where s.learner_id is null) as fresh, array_agg(s.source) as sources
          from same_person s left join gateway.learner l on l.id = s.learner_id
          where s.person is not null and (l.id is null or (l.role = 'student') = s.student)
          group by s.person, s.student
          having count(distinct s.learner_id) + count(*) filter (where s.learner_id is null) > 1) g;
        analyze person_group;
        """;

    private const string Differing = """
        select coalesce(sum(records), 0)::bigint from (
          select count(*) as records from same_person where person is not null group by person having bool_or(student) and not bool_and(student)) g
        """;

    private const string Merges = """
        select coalesce(sum(
          (select count(*) from unnest(g.learners[2:]) as l (id) where gateway.join_conflict(g.learners[1], l.id) is null)
          + case when cardinality(g.learners) = 0 then g.fresh - 1 when g.apart then 0 else g.fresh end), 0)::bigint
        from person_group g
        """;

    private const string Pairs = """
        select g.learners[1], l.id from person_group g cross join unnest(g.learners[2:]) as l (id)
        where gateway.join_conflict(g.learners[1], l.id) is null order by 1, 2
        """;

    // Known ones who share a value and may not become one: across roles too.
    private const string Conflicts = """
        select g.learners[1], l.id
        from (
          select array_agg(distinct learner_id order by learner_id) as learners from same_person where person is not null and learner_id is not null
          group by person having count(distinct learner_id) > 1) g
        cross join unnest(g.learners[2:]) as l (id)
        where gateway.join_conflict(g.learners[1], l.id) is not null order by 1, 2
        """;

    private const string Note = "select gateway.note_conflict(null, @one, @other, gateway.join_conflict(@one, @other), @today)";

    // Both parts are in the roster, and no record of the one has its value from a record of the other.
    private const string Separated = """
        with part as (
          select j.id, j.kept_id, j.moved, s.person, s.student from roster_join j join same_person s on s.source = j.hash)
        select j.id, j.kept_id from (select id, kept_id from part group by id, kept_id having bool_or(moved) and not bool_and(moved)) j
        where not exists (
          select from part one join part other on other.id = one.id and other.person = one.person and other.student = one.student
          where one.id = j.id and one.moved and not other.moved)
        order by j.id desc
        """;

    private const string Users = "select count(*) from staged_user u where u.active and exists (select from staged_role r where r.person = u.source)";

    // Records of one person lead to one learner, to the one that is known if there is one. Known ones who may not become one leave the others alone.
    private const string OneLearner = """
        with led as (
          select g.person, g.student, p.source, p.learner_id, p.known
          from person_group g cross join unnest(g.sources) as s (source) join wanted_person p on p.source = s.source),
        whole as (
          select person, student, coalesce(min(learner_id) filter (where known), min(learner_id)) as learner_id
          from led group by person, student having count(distinct learner_id) filter (where known) <= 1)
        update wanted_person p set learner_id = whole.learner_id, joined = true
        from led join whole on whole.person = led.person and whole.student = led.student
        where led.source = p.source and not p.known and p.learner_id <> whole.learner_id
        """;

    // Who would become part of somebody waits with the rest.
    private const string LeftOut = """
        update wanted_person p set learner_id = null
        from person_group g where p.source = any (g.sources) and not p.known
        """;

    private const string Joined = """
        create temp table joined_record on commit drop as
        select p.source, p.learner_id,
               array(select distinct k.id from unnest(c.classes) as n (class) join wanted_class k on k.source = n.class) as classes
        from wanted_person p
        left join (
          select n.person, array_agg(n.class) as classes from staged_enrollment n where n.person in (select source from wanted_person where joined)
          group by n.person) c on c.person = p.source
        where p.joined;
        analyze joined_record;
        """;

    /// <summary>In the switch: what can be undone for 30 days of records that came new.</summary>
    public const string Remember = """
        insert into gateway.learner_join (district_id, kept_id, cause, joined_at, first_seen, last_seen, identities, classes)
        select @district, r.learner_id, 'roster', @now, @today, @today, array[i.id], r.classes
        from joined_record r join gateway.learner_identity i on i.district_id = @district and i.kind = 2 and i.hash = r.source
        """;

    /// <summary>Counts what the roster says, and does it where the run may: before people are compared.</summary>
    public static async Task DecideAsync(RosterRunContext run, DateTimeOffset now, CancellationToken cancellation)
    {
        run.People = PeopleChanges.None;
        if (run.Settings.SamePerson == SamePersonRule.None && !await JoinedOfLateAsync(run, now, cancellation))
            return;
        await ExecuteAsync(run, Records, now, cancellation);
        await run.ExecuteAsync(Groups, cancellation);
        if (run.Settings.SamePerson != SamePersonRule.None)
            run.Ledger.Set(RosterRules.PersonRolesDiffer, "users", run.Settings.SamePerson.Field, rowsDropped: false, await ScalarAsync(run, Differing, cancellation));
        await NoteAsync(run, now, cancellation);
        var (merged, split) = (await ScalarAsync(run, Merges, cancellation), (await PairsAsync(run, Separated, cancellation)).Count);
        if (merged == 0 && split == 0)
            return;

        run.People = new(merged, split, await ScalarAsync(run, Users, cancellation));
        run.LeavesPeople |= run.Request.AdditionsOnly || (run.WaitsFor(run.People.Reasons(run.Settings)) && run.Settings.AdditionsAhead);
        if (run.LeavesPeople || run.WaitsFor(run.People.Reasons(run.Settings)))
            return;
        await DoAsync(run, now, cancellation);
    }

    /// <summary>Leads the records that came new to the learners whom they belong to, once people have numbers and before they are compared.</summary>
    public static async Task LeadAsync(RosterRunContext run, CancellationToken cancellation)
    {
        if (!run.People.Any)
            return;
        await run.ExecuteAsync(run.LeavesPeople ? LeftOut : OneLearner, cancellation);
        await run.ExecuteAsync(Joined, cancellation);
    }

    private static async Task NoteAsync(RosterRunContext run, DateTimeOffset now, CancellationToken cancellation)
    {
        if ((await PairsAsync(run, Conflicts, cancellation)).Count == 0)
            return;
        // Nobody may go while their conflict is noted.
        await LearnerLock.TakeAsync(run, cancellation);
        run.LocksFirst = true;
        foreach (var (one, other) in await PairsAsync(run, Conflicts, cancellation))
            await ScalarOfAsync(run, Note, one, other, now, cancellation);
    }

    private static async Task DoAsync(RosterRunContext run, DateTimeOffset now, CancellationToken cancellation)
    {
        await LearnerLock.TakeAsync(run, cancellation);
        run.LocksFirst = true;
        if (run.Shared.Count > 0)
            await StagedFields.HoldAsync(run, cancellation);
        var split = await SplitAsync(run, now, cancellation);
        // A launch may have moved somebody while this waited, and what was split may belong to others.
        await run.ExecuteAsync(Groups, cancellation);
        run.People = run.People with { Split = split, Merged = await ScalarAsync(run, Merges, cancellation) };
        var kept = new Dictionary<long, long>();
        foreach (var (one, other) in await PairsAsync(run, Pairs, cancellation))
        {
            var (keep, drop) = (Of(kept, one), Of(kept, other));
            if (keep == drop)
                continue;
            (keep, drop) = (Math.Min(keep, drop), Math.Max(keep, drop));
            if ((bool)(await ScalarOfAsync(run, "select gateway.join_same_person(@one, @other, @now)", keep, drop, now, cancellation))!)
                kept[drop] = keep;
        }
    }

    // A join may be part of a later one: the newest of each learner first, then look again.
    private static async Task<long> SplitAsync(RosterRunContext run, DateTimeOffset now, CancellationToken cancellation)
    {
        var (split, before) = (0L, -1L);
        while (split > before && await PairsAsync(run, Separated, cancellation) is { Count: > 0 } separated)
        {
            before = split;
            foreach (var (join, kept) in separated.DistinctBy(one => one.Second))
                if (await ScalarOfAsync(run, "select gateway.split_by_roster(@one, @now)", join, kept, now, cancellation) is long)
                    split++;
            await ExecuteAsync(run, "drop table roster_join, same_person;" + Records, now, cancellation);
        }

        return split;
    }

    private static async Task<bool> JoinedOfLateAsync(RosterRunContext run, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = run.Command(
            "select exists (select from gateway.learner_join where district_id = @district and cause = 'roster' and joined_at > @now - interval '30 days')");
        command.Parameters.AddWithValue("now", now);
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static long Of(Dictionary<long, long> kept, long learner)
    {
        while (kept.TryGetValue(learner, out var one))
            learner = one;
        return learner;
    }

    private static async Task<List<(long First, long Second)>> PairsAsync(RosterRunContext run, string sql, CancellationToken cancellation)
    {
        var pairs = new List<(long, long)>();
        await using var command = run.Command(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            pairs.Add((reader.GetInt64(0), reader.GetInt64(1)));
        return pairs;
    }

    private static async Task<long> ScalarAsync(RosterRunContext run, string sql, CancellationToken cancellation)
    {
        await using var command = run.Command(sql);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<object?> ScalarOfAsync(RosterRunContext run, string sql, long one, long other, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = run.Command(sql);
        command.Parameters.AddWithValue("one", one);
        command.Parameters.AddWithValue("other", other);
        command.Parameters.AddWithValue("now", now);
        return await command.ExecuteScalarAsync(cancellation);
    }

    private static async Task ExecuteAsync(RosterRunContext run, string sql, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = run.Command(sql);
        command.Parameters.AddWithValue("now", now);
        command.Parameters.AddWithValue("whole", run.HasWholeUsers);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
