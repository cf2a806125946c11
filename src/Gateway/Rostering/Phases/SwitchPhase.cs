namespace Gateway.Rostering.Phases;

/// <summary>
/// Applies the differences, numbers them in the change feed and closes the run, all in the one transaction that the comparison opened:
/// at no moment is half a roster visible. Only rows that differ are written.
/// </summary>
internal sealed class SwitchPhase(RunHistory history, TimeProvider time) : IRosterPhase
{
    private static readonly string[] Changes =
    [
        """
        insert into gateway.school (id, district_id, source, name) overriding system value
        select id, @district, source, name from wanted_school where change = 'added';
        update gateway.school s set name = w.name, ended_on = null from wanted_school w where s.id = w.id and w.change in ('changed', 'returned');
        update gateway.school s set ended_on = @today from ended e where e.entity = 'school' and s.id = e.id
        """,
        """
        insert into gateway.term (id, district_id, source, kind, title, starts_on, ends_on) overriding system value
        select id, @district, source, kind, title, starts_on, ends_on from wanted_term where change = 'added';
        update gateway.term t set kind = w.kind, title = w.title, starts_on = w.starts_on, ends_on = w.ends_on, ended_on = null
        from wanted_term w where t.id = w.id and w.change in ('changed', 'returned');
        update gateway.term t set ended_on = @today from ended e where e.entity = 'term' and t.id = e.id
        """,
        """
        insert into gateway.class (id, district_id, source, school_id, kind, title, subjects, grades, term_ids) overriding system value
        select id, @district, source, school_id, kind, title, subjects, grades, term_ids from wanted_class where change = 'added';
        update gateway.class c
        set school_id = w.school_id, kind = w.kind, title = w.title, subjects = w.subjects, grades = w.grades, term_ids = w.term_ids, ended_on = null
        from wanted_class w
        where c.id = w.id and w.change in ('changed', 'returned')
          and (c.ended_on is not null or (c.school_id, c.kind, c.title, c.subjects, c.grades, c.term_ids)
                                         is distinct from (w.school_id, w.kind, w.title, w.subjects, w.grades, w.term_ids));
        update gateway.class c set ended_on = @today from ended e where e.entity = 'class' and c.id = e.id
        """,
        """
        insert into gateway.learner (id, district_id, role, first_seen, last_seen, on_roster) overriding system value
        select id, @district, role, @today, @today, true from wanted_learner where change = 'added';
        insert into gateway.learner_identity (district_id, kind, hash, key_version, learner_id)
        select @district, 2, source, @version, learner_id from wanted_person where not known;
        update gateway.learner l
        set role = w.role, on_roster = true, roster_ended = null, last_seen = greatest(l.last_seen, @today)
        from wanted_learner w where l.id = w.id and w.change in ('changed', 'returned');
        update gateway.learner l set on_roster = false, roster_ended = @today from ended e where e.entity = 'learner' and l.id = e.id
        """,
        """
        insert into gateway.enrollment (district_id, class_id, learner_id, role, starts_on, ends_on)
        select @district, class_id, learner_id, role, starts_on, ends_on from wanted_enrollment where change = 'added';
        update gateway.enrollment n set starts_on = w.starts_on, ends_on = w.ends_on, ended_on = null
        from wanted_enrollment w
        where n.class_id = w.class_id and n.learner_id = w.learner_id and n.role = w.role and w.change in ('changed', 'returned');
        update gateway.enrollment n set ended_on = @today
        from ended e where e.entity = 'enrollment' and n.class_id = e.id and n.learner_id = e.other_id and n.role = e.role
        """,
        // All numbers are taken at once; the row of feed_position stays locked until the commit, so they come in commit order.
        // What others refer to is added before them and ended after them.
        """
        with entry (rank, entity, entity_id, other_id, kind) as (
          select 1, 'school', id, null::bigint, case change when 'returned' then 'changed' else change end from wanted_school where change is not null
          union all select 2, 'class', id, null, case change when 'returned' then 'changed' else change end from wanted_class where change is not null
          union all select 3, 'learner', id, null, case change when 'returned' then 'changed' else change end from wanted_learner where change is not null
          union all select 4, 'enrollment', class_id, learner_id, case change when 'returned' then 'changed' else change end from wanted_enrollment where change is not null
          union all select case entity when 'enrollment' then 5 when 'learner' then 6 when 'class' then 7 else 8 end, entity, id, other_id, 'ended'
                    from ended where entity <> 'term'),
        taken as (
          insert into gateway.feed_position as f (district_id, last_sequence)
          select @district, count(*) from entry having count(*) > 0
          on conflict (district_id) do update set last_sequence = f.last_sequence + excluded.last_sequence
          returning last_sequence)
        insert into gateway.change (district_id, sequence, entity, entity_id, other_id, kind, changed_at)
        select @district, taken.last_sequence - count(*) over () + row_number() over (order by rank, entity_id, other_id),
               entity, entity_id, other_id, kind, @now
        from entry, taken
        """,
    ];

    // What is there stays as it is, for now.
    private const string AdditionsOnly = """
        truncate ended;
        update wanted_school set change = null where change = 'changed';
        update wanted_term set change = null where change = 'changed';
        update wanted_class set change = null where change = 'changed';
        update wanted_learner set change = null where change = 'changed';
        update wanted_enrollment set change = null where change = 'changed'
        """;

    public string Name => "switch";

    public int Steps => Changes.Length;

    public async Task<string?> RunAsync(RosterRunContext run, CancellationToken cancellation)
    {
        if (run.Waits || run.Request.AdditionsOnly)
        {
            await run.ExecuteAsync(AdditionsOnly, cancellation);
            run.Ledger.Changes = [.. run.Comparison!.Types.Where(type => type.Added > 0).Select(type => new RosterChangeCount(type.Entity, "added", type.Added))];
        }

        for (var i = 0; i < Changes.Length; i++)
        {
            await run.Watch.StepAsync(i + 1, cancellation);
            await using var command = run.Command(Changes[i]);
            command.Parameters.AddWithValue("version", run.Keys.Version);
            command.Parameters.AddWithValue("now", time.GetUtcNow());
            await command.ExecuteNonQueryAsync(cancellation);
        }

        run.Watch.EndPhase();
        await history.FinishAsync(run, run.Waits ? "waiting" : "applied", cancellation);
        await run.Transaction!.CommitAsync(cancellation);
        return null;
    }
}
