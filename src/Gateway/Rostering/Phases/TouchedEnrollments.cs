namespace Gateway.Rostering.Phases;

/// <summary>
/// The enrollments that changes of a roster can concern. Of a district's enrollments, which are by far most of its rows, only those of
/// people whom the changes touch are completed and compared: a night of one row costs one row.
/// </summary>
internal static class TouchedEnrollments
{
    /// <summary>What the district has of them; <see cref="EnrollmentComparison"/> holds the changes against it.</summary>
    public const string Kept = "select * from gateway.enrollment where district_id = @district and learner_id = any(array(select id from touched_learner))";

    /// <summary>Whose records the source names, before <see cref="CompletePhase"/> adds everybody else's.</summary>
    public const string NamedTable = "create temp table named_person as select source from staged_user union select person from staged_role";

    // Named by a row of the changes; in a class that ends; or no longer among those who may come in. A person may have several records.
    private const string Touched = """
        create temp table touched_learner on commit drop as
        with named as (select person from staged_enrollment union select source from named_person)
        select distinct id from (
          select p.learner_id as id from named join wanted_person p on p.source = named.person
          union all
          select i.learner_id from named join gateway.learner_identity i on i.district_id = @district and i.kind = 2 and i.hash = named.person
          union all
          select e.learner_id from gateway.enrollment e
          where e.district_id = @district and e.ended_on is null and e.class_id in (select x.id from ended x where x.entity = 'class')
          union all
          select l.id from gateway.learner l
          where l.district_id = @district and l.on_roster
            and not exists (select from wanted_person p where p.learner_id = l.id)) t
        where id is not null;
        analyze touched_learner;
        """;

    // One row a learner and class: whichever of the person's records the change names, it replaces what was there. A person's record that is
    // still there speaks for the person.
    private const string Complete = """
        insert into staged_enrollment (class, person, school, active, role, starts_on, ends_on)
        select c.source, i.hash, s.source, true, e.role, e.starts_on, e.ends_on
        from ({0}) e
        join gateway.class c on c.id = e.class_id
        join gateway.school s on s.id = c.school_id
        join (
          select i.learner_id, (array_agg(i.hash order by p.learner_id is null, i.hash))[1] as hash
          from gateway.learner_identity i left join wanted_person p on p.source = i.hash and p.learner_id = i.learner_id
          where i.district_id = @district and i.kind = 2 group by i.learner_id) i on i.learner_id = e.learner_id
        where e.ended_on is null and c.ended_on is null
          and not exists (
            select from staged_enrollment n
            join gateway.learner_identity p on p.district_id = @district and p.kind = 2 and p.hash = n.person
            where n.class = c.source and p.learner_id = e.learner_id)
        """;

    private const string Others = "select * from gateway.enrollment where district_id = @district and learner_id <> all(array(select id from touched_learner))";

    private const string Deleted = "delete from staged_enrollment where not active";

    // They stay as they are.
    private const string Untouched = """
        insert into wanted_learner (id, student)
        select l.id, l.role = 'student' from gateway.learner l
        where l.district_id = @district and l.on_roster and not exists (select from touched_learner t where t.id = l.id)
        """;

    private const string AnyOthers = """
        select exists (
          select from gateway.enrollment e where e.district_id = @district and e.ended_on is null and not exists (select from touched_learner t where t.id = e.learner_id))
        """;

    /// <summary>Finds out whom the changes touch and completes their enrollments, in the transaction of the comparison.</summary>
    public static async Task CompleteAsync(RosterRunContext run, CancellationToken cancellation)
    {
        await run.ExecuteAsync(Touched, cancellation);
        await run.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, Complete, Kept), cancellation);
        await run.ExecuteAsync(Deleted, cancellation);
        await run.ExecuteAsync("analyze staged_enrollment", cancellation);
    }

    /// <summary>The learners of everybody else, who stay as they are.</summary>
    public static Task KeepOthersAsync(RosterRunContext run, CancellationToken cancellation) => run.ExecuteAsync(Untouched, cancellation);

    /// <summary>Whether anybody else has an enrollment.</summary>
    public static async Task<bool> HaveOthersAsync(RosterRunContext run, CancellationToken cancellation)
    {
        await using var any = run.Command(AnyOthers);
        return (bool)(await any.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Completes everybody else's too, for a roster that waits: what a person approves is a whole one.</summary>
    public static Task CompleteOthersAsync(RosterRunContext run, CancellationToken cancellation) =>
        run.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, Complete, Others), cancellation);
}
