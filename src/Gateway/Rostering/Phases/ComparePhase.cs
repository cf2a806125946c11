using Gateway.Privacy.Rosters;

namespace Gateway.Rostering.Phases;

/// <summary>
/// Compares the checked roster with what the district has, set by set, and writes the differences into temporary tables: what is wanted,
/// each row with its change (<c>added</c>, <c>changed</c>, <c>returned</c> where it had ended, or null where nothing differs; of enrollments
/// only those that differ), and what has ended. Opens the transaction that the switch commits. Launches go on meanwhile: whether one of
/// them moved a learner under the comparison is <see cref="LearnerLock"/>'s to find out.
/// </summary>
internal sealed class ComparePhase(TimeProvider time) : IRosterPhase
{
    private const string Begin = """
        select set_config('gateway.district', @district::text, true), set_config('work_mem', '64MB', true);
        create temp table wanted_school (id bigint not null, source uuid not null, name text, change text) on commit drop;
        create temp table wanted_term (id bigint not null, source uuid not null, kind text not null, title text, starts_on date not null,
          ends_on date not null, change text) on commit drop;
        create temp table wanted_class (id bigint not null, source uuid not null, school_id bigint not null, kind text not null, title text,
          subjects text[], grades text[], term_ids bigint[] not null, change text) on commit drop;
        create temp table wanted_person (source uuid not null, learner_id bigint not null, known boolean not null, role text not null) on commit drop;
        create temp table wanted_learner (id bigint not null, role text not null, change text) on commit drop;
        create temp table wanted_enrollment (class_id bigint not null, learner_id bigint not null, role text not null, starts_on date, ends_on date,
          change text) on commit drop;
        create temp table ended (entity text not null, id bigint not null, other_id bigint, role text) on commit drop;
        """;

    // A department may stand for a school (seen in the field): whatever a class calls its school is one.
    private const string Schools = """
        insert into wanted_school (id, source, name, change)
        select coalesce(e.id, nextval('gateway.school_id_seq')), o.source, o.name,
               case when e.id is null then 'added' when e.ended_on is not null then 'returned' when e.name is distinct from o.name then 'changed' end
        from staged_org o
        left join gateway.school e on e.district_id = @district and e.source = o.source
        where o.active and (o.school or o.source in (select c.school from staged_class c where c.active));
        insert into ended (entity, id)
        select 'school', e.id from gateway.school e
        where e.district_id = @district and e.ended_on is null and not exists (select from wanted_school w where w.id = e.id);
        analyze wanted_school;
        """;

    private const string Terms = """
        insert into wanted_term (id, source, kind, title, starts_on, ends_on, change)
        select coalesce(e.id, nextval('gateway.term_id_seq')), s.source, s.kind, s.title, s.starts_on, s.ends_on,
               case when e.id is null then 'added' when e.ended_on is not null then 'returned'
                    when (e.kind, e.title, e.starts_on, e.ends_on) is distinct from (s.kind, s.title, s.starts_on, s.ends_on) then 'changed' end
        from staged_session s
        left join gateway.term e on e.district_id = @district and e.source = s.source
        where s.active;
        insert into ended (entity, id)
        select 'term', e.id from gateway.term e
        where e.district_id = @district and e.ended_on is null and not exists (select from wanted_term w where w.id = e.id);
        analyze wanted_term;
        """;

    // A class is held in its terms: when one of them moves, the class has changed for whoever reads it.
    private const string Classes = """
        with held as (
          select c.source, array_agg(distinct w.id order by w.id) as term_ids, bool_or(w.change in ('changed', 'returned')) is true as moved
          from staged_class c cross join unnest(c.terms) as t (term) join wanted_term w on w.source = t.term
          where c.active group by c.source)
        insert into wanted_class (id, source, school_id, kind, title, subjects, grades, term_ids, change)
        select coalesce(e.id, nextval('gateway.class_id_seq')), c.source, s.id, c.kind, c.title, c.subjects, c.grades, held.term_ids,
               case when e.id is null then 'added' when e.ended_on is not null then 'returned'
                    when held.moved
                      or (e.school_id, e.kind, e.title, e.subjects, e.grades, e.term_ids)
                         is distinct from (s.id, c.kind, c.title, c.subjects, c.grades, held.term_ids) then 'changed' end
        from staged_class c
        join held on held.source = c.source
        join wanted_school s on s.source = c.school
        left join gateway.class e on e.district_id = @district and e.source = c.source;
        insert into ended (entity, id)
        select 'class', e.id from gateway.class e
        where e.district_id = @district and e.ended_on is null and not exists (select from wanted_class w where w.id = e.id);
        analyze wanted_class;
        """;

    private const string Position = "select coalesce((select last_sequence from gateway.feed_position where district_id = @district), 0)";

    // what was taken for several people until now is one: the oldest learner survives (it is whom the engine has known longest).
    private const string Several = """
        with person as (
          select u.person, array_agg(distinct i.learner_id order by i.learner_id) as learners
          from staged_user u join gateway.learner_identity i on i.district_id = @district and i.kind = 2 and i.hash = u.source
          where u.person is not null and u.active group by u.person having count(distinct i.learner_id) > 1)
        select learners[1], l.id from person cross join unnest(learners[2:]) as l (id)
        """;

    // people without a class stay out.: of several roles the one with the least privilege.
    private const string Learners = """
        with student as (
          select distinct person from staged_role
          where role = 'student' and (starts_on is null or starts_on <= @today) and (ends_on is null or ends_on > @today)),
        person as (
          select e.person as source, case when bool_or(e.role = 'student' or s.person is not null) then 'student' else 'teacher' end as role
          from checked_enrollment e
          join wanted_class c on c.source = e.class
          left join student s on s.person = e.person
          group by e.person),
        member as (
          select p.source, p.role, i.learner_id, coalesce(u.person, p.source) as whose
          from person p
          join staged_user u on u.source = p.source and u.active
          left join gateway.learner_identity i on i.district_id = @district and i.kind = 2 and i.hash = p.source),
        whole as (
          select whose, coalesce(min(learner_id), nextval('gateway.learner_id_seq')) as learner_id from member group by whose)
        insert into wanted_person (source, learner_id, known, role)
        select m.source, w.learner_id, m.learner_id is not null, m.role from member m join whole w on w.whose = m.whose;
        insert into wanted_learner (id, role, change)
        select w.id, w.role,
               case when l.id is null then 'added' when not l.on_roster then 'returned' when l.role <> w.role then 'changed' end
        from (select learner_id as id, case when bool_or(role = 'student') then 'student' else 'teacher' end as role from wanted_person group by learner_id) w
        left join gateway.learner l on l.district_id = @district and l.id = w.id;
        insert into ended (entity, id)
        select 'learner', l.id from gateway.learner l
        where l.district_id = @district and l.on_roster and not exists (select from wanted_learner w where w.id = l.id);
        analyze wanted_person, wanted_learner;
        """;

    // By far the most rows, and on most nights nearly all as they were: one pass over both sides, and only what differs is written.
    private const string Enrollments = """
        with wanted as (
          select c.id as class_id, p.learner_id, n.role,
                 case when bool_or(n.starts_on is null) then null else min(n.starts_on) end as starts_on,
                 case when bool_or(n.ends_on is null) then null else max(n.ends_on) end as ends_on
          from checked_enrollment n
          join wanted_class c on c.source = n.class
          join wanted_person p on p.source = n.person
          group by c.id, p.learner_id, n.role),
        compared as materialized (
          select coalesce(w.class_id, e.class_id) as class_id, coalesce(w.learner_id, e.learner_id) as learner_id, coalesce(w.role, e.role) as role,
                 w.starts_on, w.ends_on,
                 case when w.class_id is null then 'ended' when e.class_id is null then 'added' when e.ended_on is not null then 'returned' else 'changed' end as change
          from wanted w
          full join (select class_id, learner_id, role, starts_on, ends_on, ended_on from gateway.enrollment where district_id = @district) e
            on e.class_id = w.class_id and e.learner_id = w.learner_id and e.role = w.role
          where case when w.class_id is null then e.ended_on is null
                     else e.class_id is null or e.ended_on is not null or (e.starts_on, e.ends_on) is distinct from (w.starts_on, w.ends_on) end),
        gone as (
          insert into ended (entity, id, other_id, role) select 'enrollment', class_id, learner_id, role from compared where change = 'ended')
        insert into wanted_enrollment (class_id, learner_id, role, starts_on, ends_on, change)
        select class_id, learner_id, role, starts_on, ends_on, change from compared where change <> 'ended' order by class_id, learner_id, role;
        analyze wanted_enrollment;
        """;

    private static readonly string[] Parts = [Schools, Terms, Classes, Learners, Enrollments];

    public string Name => "compare";

    public int Steps => Parts.Length;

    public async Task<string?> RunAsync(RosterRunContext run, CancellationToken cancellation)
    {
        run.Transaction = await run.Connection.BeginTransactionAsync(cancellation);
        await run.ExecuteAsync(Begin, cancellation);
        if (run.LocksFirst)
            await LearnerLock.TakeAsync(run, cancellation);
        await using (var position = run.Command(Position))
            run.FeedPosition = (long)(await position.ExecuteScalarAsync(cancellation))!;
        if (run.Settings.SamePerson != SamePersonRule.None)
            await MergeAsync(run, cancellation);

        for (var i = 0; i < Parts.Length; i++)
        {
            await run.Watch.StepAsync(i + 1, cancellation);
            await run.ExecuteAsync(Parts[i], cancellation);
        }

        return null;
    }

    private async Task MergeAsync(RosterRunContext run, CancellationToken cancellation)
    {
        var pairs = new List<(long Keep, long Drop)>();
        await using (var several = run.Command(Several))
        await using (var reader = await several.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
                pairs.Add((reader.GetInt64(0), reader.GetInt64(1)));
        }

        if (pairs.Count == 0)
            return;
        await LearnerLock.TakeAsync(run, cancellation);
        run.LocksFirst = true;
        foreach (var (keep, drop) in pairs)
        {
            await using var merge = run.Command("select gateway.merge_learners(@keep, @drop, @now)");
            merge.Parameters.AddWithValue("keep", keep);
            merge.Parameters.AddWithValue("drop", drop);
            merge.Parameters.AddWithValue("now", time.GetUtcNow());
            await merge.ExecuteNonQueryAsync(cancellation);
        }
    }
}
