using System.Globalization;
using Gateway.Privacy;
using Gateway.Storage;

namespace Gateway.Rostering.Phases;

/// <summary>
/// Applies the differences, numbers them in the change feed and closes the run, all in the one transaction that the comparison opened:
/// at no moment is half a roster visible. Only rows that differ are written.
/// </summary>
internal sealed class SwitchPhase(RunHistory history, AuditTrail trail, TimeProvider time) : IRosterPhase
{
    private static readonly string[] Changes =
    [
        """
        insert into gateway.school (id, district_id, source, key_version, name) overriding system value
        select id, @district, source, @version, name from wanted_school where change = 'added';
        update gateway.school s set name = w.name, ended_on = null from wanted_school w where s.id = w.id and w.change in ('changed', 'returned');
        update gateway.school s set ended_on = @today from ended e where e.entity = 'school' and s.id = e.id
        """,
        """
        insert into gateway.term (id, district_id, source, key_version, kind, title, starts_on, ends_on) overriding system value
        select id, @district, source, @version, kind, title, starts_on, ends_on from wanted_term where change = 'added';
        update gateway.term t set kind = w.kind, title = w.title, starts_on = w.starts_on, ends_on = w.ends_on, ended_on = null
        from wanted_term w where t.id = w.id and w.change in ('changed', 'returned');
        update gateway.term t set ended_on = @today from ended e where e.entity = 'term' and t.id = e.id
        """,
        """
        insert into gateway.class (id, district_id, source, key_version, school_id, kind, title, subjects, grades, term_ids) overriding system value
        select id, @district, source, @version, school_id, kind, title, subjects, grades, term_ids from wanted_class where change = 'added';
        update gateway.class c
        set school_id = w.school_id, kind = w.kind, title = w.title, subjects = w.subjects, grades = w.grades, term_ids = w.term_ids, ended_on = null
        from wanted_class w
        where c.id = w.id and w.change in ('changed', 'returned')
          and (c.ended_on is not null or (c.school_id, c.kind, c.title, c.subjects, c.grades, c.term_ids)
                                         is distinct from (w.school_id, w.kind, w.title, w.subjects, w.grades, w.term_ids));
        update gateway.class c set ended_on = @today from ended e where e.entity = 'class' and c.id = e.id
        """,
        """
        insert into gateway.learner (id, district_id, role, grades, first_seen, last_seen, on_roster) overriding system value
        select id, @district, role, grades, @today, @today, true from changed_learner where change = 'added';
        insert into gateway.learner_identity (district_id, kind, hash, key_version, learner_id)
        select @district, 2, p.source, @version, p.learner_id from wanted_person p join wanted_learner w on w.id = p.learner_id where not p.known;
        update gateway.learner l
        set role = w.role, grades = w.grades, on_roster = true, roster_ended = null, last_seen = greatest(l.last_seen, @today)
        from changed_learner w where l.id = w.id and w.change in ('changed', 'returned');
        update gateway.learner l set on_roster = false, roster_ended = @today from changed_learner w where l.id = w.id and w.change = 'ended'
        """,
        """
        insert into gateway.enrollment (district_id, class_id, learner_id, role, starts_on, ends_on)
        select @district, class_id, learner_id, role, starts_on, ends_on from changed_enrollment where change = 'added';
        update gateway.enrollment n set starts_on = w.starts_on, ends_on = w.ends_on, ended_on = null
        from changed_enrollment w
        where n.class_id = w.class_id and n.learner_id = w.learner_id and n.role = w.role and w.change in ('changed', 'returned');
        update gateway.enrollment n set ended_on = @today
        from changed_enrollment w
        where n.class_id = w.class_id and n.learner_id = w.learner_id and n.role = w.role and w.change = 'ended'
        """,
        // All numbers are taken at once; the row of feed_position stays locked until the commit, so they come in commit order.
        // What others refer to is added before them and ended after them: the parts are appended, and numbered, as they stand here.
        """
        with taken as (
          insert into gateway.feed_position as f (district_id, last_sequence) select @district, @total where @total > 0
          on conflict (district_id) do update set last_sequence = f.last_sequence + excluded.last_sequence
          returning last_sequence - @total as before)
        insert into gateway.change (district_id, sequence, entity, entity_id, other_id, kind, changed_at)
        select @district, taken.before + row_number() over (), entity, entity_id, other_id, case kind when 'returned' then 'changed' else kind end, @now
        from taken, (
          select 'school' as entity, id as entity_id, null::bigint as other_id, change as kind from wanted_school where change is not null
          union all select 'class', id, null, change from wanted_class where change is not null
          union all select 'learner', id, null, change from changed_learner where change <> 'ended'
          union all select 'enrollment', class_id, learner_id, change from changed_enrollment where change <> 'ended'
          union all select 'enrollment', class_id, learner_id, change from changed_enrollment where change = 'ended'
          union all select 'learner', id, null, change from changed_learner where change = 'ended'
          union all select entity, id, null, 'ended' from ended where entity = 'class'
          union all select entity, id, null, 'ended' from ended where entity = 'school') entry
        """,
    ];

    // Few rows against many: each is found by its key.
    private const string ByKey = "select set_config('enable_nestloop', 'on', true)";

    // What is there stays as it is, for now.
    private const string AdditionsOnly = """
        truncate ended;
        update wanted_school set change = null where change = 'changed';
        update wanted_term set change = null where change = 'changed';
        update wanted_class set change = null where change = 'changed';
        delete from changed_learner where change in ('changed', 'ended');
        delete from changed_enrollment where change in ('changed', 'ended')
        """;

    public string Name => "switch";

    public int Steps => Changes.Length;

    public async Task<string?> RunAsync(RosterRunContext run, CancellationToken cancellation)
    {
        await run.ExecuteAsync(ByKey, cancellation);
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
            command.Parameters.AddWithValue("total", run.Ledger.FeedEntries);
            await command.ExecuteNonQueryAsync(cancellation);
        }

        if (run.People.Any)
            await RememberAsync(run, cancellation);
        run.Watch.EndPhase();
        await history.FinishAsync(run, run.Waits ? "waiting" : "applied", cancellation);
        await using (var session = new DistrictSession(run.Request.District, run.Connection, run.Transaction!))
            await trail.AppendAsync(session, EntryOf(run), cancellation);
        await run.Transaction!.CommitAsync(cancellation);
        return null;
    }

    private async Task RememberAsync(RosterRunContext run, CancellationToken cancellation)
    {
        await using var remember = run.Command(SamePeople.Remember);
        remember.Parameters.AddWithValue("now", time.GetUtcNow());
        await remember.ExecuteNonQueryAsync(cancellation);
    }

    private static AuditEntry EntryOf(RosterRunContext run)
    {
        var details = run.Ledger.Changes.GroupBy(change => $"{change.Entity}.{change.Kind}").ToDictionary(
            kind => kind.Key, kind => kind.Sum(change => change.Count).ToString(CultureInfo.InvariantCulture));
        details["run"] = run.RunId.ToString(CultureInfo.InvariantCulture);
        if (run.Request.Approves is { } approved)
            details["approved"] = approved.ToString(CultureInfo.InvariantCulture);
        return new AuditEntry(
            run.Request.Trigger == RosterTrigger.Schedule ? AuditEntry.Gateway : AuditEntry.Operator,
            run.Waits || run.Request.AdditionsOnly ? "roster.additions_applied" : "roster.applied", details);
    }
}
