using Gateway.Privacy;

namespace Gateway.Rostering.Phases;

/// <summary>
/// Compares the checked roster with what the district has, set by set, into temporary tables: each row with its change (<c>added</c>,
/// <c>changed</c>, <c>returned</c> where it had ended, <c>ended</c>). Of people and enrollments, which are many, only those that differ are
/// written; of the others all, with null where nothing differs, and what has ended beside them. Where a change only fills in what was empty
/// of the fields that a district may switch on, that is noted (<c>filled</c>). Opens the transaction that the switch
/// commits. Launches go on meanwhile: whether one of them moved a learner under the comparison is <see cref="LearnerLock"/>'s to find out.
/// </summary>
internal sealed class ComparePhase(TimeProvider time) : IRosterPhase
{
    // Right after a first night, or a large one, the database's statistics are those of an emptier table: nested loops would look cheap to it.
    private const string Begin = """
        select set_config('gateway.district', @district::text, true), set_config('work_mem', '64MB', true),
               set_config('default_statistics_target', '10', true), set_config('jit', 'off', true), set_config('enable_nestloop', 'off', true);
        create temp table wanted_school (id bigint not null, source uuid not null, name text, change text, filled boolean) on commit drop;
        create temp table wanted_term (id bigint not null, source uuid not null, kind text not null, title text, starts_on date not null,
          ends_on date not null, change text) on commit drop;
        create temp table wanted_class (id bigint not null, source uuid not null, school_id bigint not null, kind text not null, title text,
          subjects text[], grades text[], term_ids bigint[] not null, change text, filled boolean) on commit drop;
        create temp table wanted_person (source uuid not null, learner_id bigint, known boolean not null, student boolean not null, teacher boolean not null,
          joined boolean not null default false) on commit drop;
        create temp table wanted_learner (id bigint not null, student boolean not null) on commit drop;
        create temp table changed_learner (id bigint not null, role text not null, grades text[], change text not null, filled boolean) on commit drop;
        create temp table changed_enrollment (class_id bigint not null, learner_id bigint not null, role text not null, starts_on date, ends_on date,
          change text not null) on commit drop;
        create temp table ended (entity text not null, id bigint not null) on commit drop;
        """;

    // P-3.5: rows of whoever is blocked go no further.
    private const string Blocked = """
        delete from staged_user u using gateway.blocked_person b where b.district_id = @district and b.kind = 2 and b.hash = u.source;
        delete from staged_role r using gateway.blocked_person b where b.district_id = @district and b.kind = 2 and b.hash = r.person;
        delete from staged_enrollment n using gateway.blocked_person b where b.district_id = @district and b.kind = 2 and b.hash = n.person;
        """;

    // A department may stand for a school (seen in the field): whatever a class calls its school is one.
    private const string Schools = """
        insert into wanted_school (id, source, name, change, filled)
        select coalesce(e.id, nextval('gateway.school_id_seq')), o.source, o.name,
               case when e.id is null then 'added' when e.ended_on is not null then 'returned' when e.name is distinct from o.name then 'changed' end,
               e.name is null
        from staged_org o
        left join gateway.school e on e.district_id = @district and e.source = o.source
        where o.active and (o.school or o.source in (select c.school from staged_class c where c.active));
        analyze wanted_school;
        insert into ended (entity, id)
        select 'school', e.id from gateway.school e
        where e.district_id = @district and e.ended_on is null and not exists (select from wanted_school w where w.id = e.id);
        """;

    private const string Terms = """
        insert into wanted_term (id, source, kind, title, starts_on, ends_on, change)
        select coalesce(e.id, nextval('gateway.term_id_seq')), s.source, s.kind, s.title, s.starts_on, s.ends_on,
               case when e.id is null then 'added' when e.ended_on is not null then 'returned'
                    when (e.kind, e.title, e.starts_on, e.ends_on) is distinct from (s.kind, s.title, s.starts_on, s.ends_on) then 'changed' end
        from staged_session s
        left join gateway.term e on e.district_id = @district and e.source = s.source
        where s.active;
        analyze wanted_term;
        insert into ended (entity, id)
        select 'term', e.id from gateway.term e
        where e.district_id = @district and e.ended_on is null and not exists (select from wanted_term w where w.id = e.id);
        """;

    // A class is held in its terms: when one of them moves, the class has changed for whoever reads it.
    private const string Classes = """
        with held as (
          select c.source, array_agg(distinct w.id order by w.id) as term_ids, bool_or(w.change in ('changed', 'returned')) is true as moved
          from staged_class c cross join unnest(c.terms) as t (term) join wanted_term w on w.source = t.term
          where c.active group by c.source)
        insert into wanted_class (id, source, school_id, kind, title, subjects, grades, term_ids, change, filled)
        select coalesce(e.id, nextval('gateway.class_id_seq')), c.source, s.id, c.kind, c.title, c.subjects, c.grades, held.term_ids,
               case when e.id is null then 'added' when e.ended_on is not null then 'returned'
                    when held.moved
                      or (e.school_id, e.kind, e.title, e.subjects, e.grades, e.term_ids)
                         is distinct from (s.id, c.kind, c.title, c.subjects, c.grades, held.term_ids) then 'changed' end,
               not held.moved and (e.school_id, e.kind, coalesce(e.title, c.title), coalesce(e.subjects, c.subjects), coalesce(e.grades, c.grades), e.term_ids)
                                  is not distinct from (s.id, c.kind, c.title, c.subjects, c.grades, held.term_ids)
        from staged_class c
        join held on held.source = c.source
        join wanted_school s on s.source = c.school
        left join gateway.class e on e.district_id = @district and e.source = c.source;
        analyze wanted_class;
        insert into ended (entity, id)
        select 'class', e.id from gateway.class e
        where e.district_id = @district and e.ended_on is null and not exists (select from wanted_class w where w.id = e.id);
        """;

    private const string Position = "select coalesce((select last_sequence from gateway.feed_position where district_id = @district), 0)";

    // Everybody, whether in a class or not: numbers that are given out and not used are no loss. Who may not come in has none.
    private const string People = """
        insert into wanted_person (source, learner_id, known, student, teacher)
        select u.source, case when u.active then coalesce(i.learner_id, nextval('gateway.learner_id_seq')) end, i.learner_id is not null,
               coalesce(s.student, false), coalesce(s.teacher, false)
        from staged_user u
        left join (
          select person, bool_or(role = 'student') as student, bool_or(role = 'teacher') as teacher from staged_role
          where (starts_on is null or starts_on <= @today) and (ends_on is null or ends_on > @today) group by person) s on s.person = u.source
        left join gateway.learner_identity i on i.district_id = @district and i.kind = 2 and i.hash = u.source;
        analyze wanted_person;
        """;

    // S-3: whoever is a student in one place, or in one of several records, is one everywhere.
    private const string Pupils = """
        update wanted_person p set student = true
        from (
          select distinct n.person from staged_enrollment n join wanted_person t on t.source = n.person and t.teacher and not t.student
          where n.role = 'student') taught
        where taught.person = p.source;
        update wanted_person p set student = true
        from (
          select s.learner_id from wanted_person s
          where s.student and s.learner_id in (select t.learner_id from wanted_person t where t.teacher and not t.student)) pupil
        where p.learner_id = pupil.learner_id and not p.student
        """;

    // of several roles the one with the least privilege. Who is here as a teacher has a role that says so (S-3).
    private const string Roles = """
        select w.id, case when w.student or s.learner_id is not null then 'student' else 'teacher' end as role, null::text[] as grades
        from wanted_learner w left join (select distinct learner_id from wanted_person where student) s on s.learner_id = w.id
        """;

    // of several records all grades, in an order that is the same each night. Whoever is no student has none.
    private const string RolesAndGrades = $"""
        select w.id, w.role, case when w.role = 'student' then g.grades end as grades
        from ({Roles}) w
        left join (
          select p.learner_id, array_agg(distinct u.grade order by u.grade) as grades
          from wanted_person p join (select source, unnest(grades) as grade from staged_user) u on u.source = p.source
          group by p.learner_id) g on g.learner_id = w.id
        """;

    private static readonly string[] Sets = [Schools, Terms, Classes, People, Pupils];

    public string Name => "compare";

    public int Steps => Sets.Length + 2;

    public async Task<string?> RunAsync(RosterRunContext run, CancellationToken cancellation)
    {
        run.Transaction = await run.Connection.BeginTransactionAsync(cancellation);
        await run.ExecuteAsync(Begin, cancellation);
        await run.ExecuteAsync(Blocked, cancellation);
        if (run.LocksFirst)
            await LearnerLock.TakeAsync(run, cancellation);
        await using (var position = run.Command(Position))
            run.FeedPosition = (long)(await position.ExecuteScalarAsync(cancellation))!;
        if (await ClaimedIds.TakeBackAsync(run, time.GetUtcNow(), cancellation))
            run.LocksFirst = true;
        await SamePeople.DecideAsync(run, time.GetUtcNow(), cancellation);

        for (var i = 0; i < Sets.Length; i++)
        {
            await run.Watch.StepAsync(i + 1, cancellation);
            await run.ExecuteAsync(Sets[i], cancellation);
            if (Sets[i] != People)
                continue;
            await SamePeople.LeadAsync(run, cancellation);
            if (run.EnrollmentsAreChanges)
                await TouchedEnrollments.CompleteAsync(run, cancellation);
        }

        await run.Watch.StepAsync(Sets.Length + 1, cancellation);
        await EnrollmentComparison.RunAsync(run, cancellation);
        await run.Watch.StepAsync(Sets.Length + 2, cancellation);
        await run.ExecuteAsync(Learners(run.Shared.Contains(SharedField.Grades) ? RolesAndGrades : Roles), cancellation);
        return null;
    }

    private static string Learners(string wanted) => $"""
        analyze wanted_learner;
        insert into changed_learner (id, role, grades, change, filled)
        select coalesce(w.id, l.id), coalesce(w.role, l.role), w.grades,
               case when l.id is null then 'added' when w.id is null then 'ended' when not l.on_roster then 'returned' else 'changed' end,
               l.role = w.role and l.grades is null
        from ({wanted}) w
        full join (select id, role, grades, on_roster from gateway.learner where district_id = @district) l on l.id = w.id
        where l.id is null or (w.id is null and l.on_roster)
           or (w.id is not null and (not l.on_roster or l.role <> w.role or l.grades is distinct from w.grades))
        """;
}
