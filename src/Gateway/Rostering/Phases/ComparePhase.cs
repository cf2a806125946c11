namespace Gateway.Rostering.Phases;

/// <summary>
/// Compares the checked roster with what the district has, set by set, and writes the differences into temporary tables: what is wanted,
/// each row with its change (<c>added</c>, <c>changed</c>, or null where nothing differs), and what has ended. Opens the transaction that
/// the switch commits, and takes the district's learner lock, which a person's first launch takes too.
/// </summary>
internal sealed class ComparePhase : IRosterPhase
{
    private const string Begin = """
        select set_config('gateway.district', @district::text, true), set_config('work_mem', '64MB', true);
        create temp table wanted_school (id bigint not null, source uuid not null, name text, change text) on commit drop;
        create temp table wanted_term (id bigint not null, source uuid not null, kind text not null, title text, starts_on date not null,
          ends_on date not null, change text) on commit drop;
        create temp table wanted_class (id bigint not null, source uuid not null, school_id bigint not null, kind text not null, title text,
          subjects text[], grades text[], term_ids bigint[] not null, change text) on commit drop;
        create temp table wanted_person (source uuid not null, learner_id bigint not null, known boolean not null, role text not null, grades text[])
          on commit drop;
        create temp table wanted_learner (id bigint not null, role text not null, grades text[], change text) on commit drop;
        create temp table wanted_enrollment (class_id bigint not null, learner_id bigint not null, role text not null, starts_on date, ends_on date,
          change text) on commit drop;
        create temp table ended (entity text not null, id bigint not null, other_id bigint, role text) on commit drop;
        """;

    // A department may stand for a school (seen in the field): whatever a class calls its school is one.
    private const string Schools = """
        insert into wanted_school (id, source, name, change)
        select coalesce(e.id, nextval('gateway.school_id_seq')), o.source, o.name,
               case when e.id is null then 'added'
                    when e.ended_on is not null or e.name is distinct from o.name then 'changed' end
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
               case when e.id is null then 'added'
                    when e.ended_on is not null
                      or (e.kind, e.title, e.starts_on, e.ends_on) is distinct from (s.kind, s.title, s.starts_on, s.ends_on) then 'changed' end
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
          select c.source, array_agg(distinct w.id order by w.id) as term_ids, bool_or(w.change is not distinct from 'changed') as moved
          from staged_class c cross join unnest(c.terms) as t (term) join wanted_term w on w.source = t.term
          where c.active group by c.source)
        insert into wanted_class (id, source, school_id, kind, title, subjects, grades, term_ids, change)
        select coalesce(e.id, nextval('gateway.class_id_seq')), c.source, s.id, c.kind, c.title, c.subjects, c.grades, held.term_ids,
               case when e.id is null then 'added'
                    when e.ended_on is not null or held.moved
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

    private const string LearnerLock = "select pg_advisory_xact_lock(hashtextextended('gateway.learners', @district))";

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
          group by e.person)
        insert into wanted_person (source, learner_id, known, role, grades)
        select p.source, coalesce(i.learner_id, nextval('gateway.learner_id_seq')), i.learner_id is not null, p.role, u.grades
        from person p
        join staged_user u on u.source = p.source and u.active
        left join gateway.learner_identity i on i.district_id = @district and i.kind = 2 and i.hash = p.source;
        insert into wanted_learner (id, role, grades, change)
        select w.id, w.role, w.grades,
               case when l.id is null then 'added'
                    when not l.on_roster or (l.role, l.grades) is distinct from (w.role, w.grades) then 'changed' end
        from (select learner_id as id, case when bool_or(role = 'student') then 'student' else 'teacher' end as role, max(grades) as grades
              from wanted_person group by learner_id) w
        left join gateway.learner l on l.district_id = @district and l.id = w.id;
        insert into ended (entity, id)
        select 'learner', l.id from gateway.learner l
        where l.district_id = @district and l.on_roster and not exists (select from wanted_learner w where w.id = l.id);
        analyze wanted_person, wanted_learner;
        """;

    private const string Enrollments = """
        insert into wanted_enrollment (class_id, learner_id, role, starts_on, ends_on, change)
        select w.class_id, w.learner_id, w.role, w.starts_on, w.ends_on,
               case when e.class_id is null then 'added'
                    when e.ended_on is not null or (e.starts_on, e.ends_on) is distinct from (w.starts_on, w.ends_on) then 'changed' end
        from (select c.id as class_id, p.learner_id, n.role,
                     case when bool_or(n.starts_on is null) then null else min(n.starts_on) end as starts_on,
                     case when bool_or(n.ends_on is null) then null else max(n.ends_on) end as ends_on
              from checked_enrollment n
              join wanted_class c on c.source = n.class
              join wanted_person p on p.source = n.person
              group by c.id, p.learner_id, n.role) w
        left join gateway.enrollment e
          on e.district_id = @district and e.class_id = w.class_id and e.learner_id = w.learner_id and e.role = w.role;
        insert into ended (entity, id, other_id, role)
        select 'enrollment', e.class_id, e.learner_id, e.role from gateway.enrollment e
        where e.district_id = @district and e.ended_on is null
          and not exists (select from wanted_enrollment w where w.class_id = e.class_id and w.learner_id = e.learner_id and w.role = e.role);
        analyze wanted_enrollment;
        """;

    private const string Count = """
        select entity, change, count(*) from (
          select 'school' as entity, change from wanted_school
          union all select 'term', change from wanted_term
          union all select 'class', change from wanted_class
          union all select 'learner', change from wanted_learner
          union all select 'enrollment', change from wanted_enrollment
          union all select entity, 'ended' from ended) c
        where change is not null group by entity, change order by entity, change
        """;

    public string Name => "compare";

    public async Task<string?> RunAsync(RosterRunContext run, CancellationToken cancellation)
    {
        run.Transaction = await run.Connection.BeginTransactionAsync(cancellation);
        foreach (var step in new[] { Begin, Schools, Terms, Classes, LearnerLock, Learners, Enrollments })
            await run.ExecuteAsync(step, cancellation);

        var changes = new List<RosterChangeCount>();
        await using var command = run.Command(Count);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            changes.Add(new RosterChangeCount(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
        run.Ledger.Changes = changes;
        return null;
    }
}
