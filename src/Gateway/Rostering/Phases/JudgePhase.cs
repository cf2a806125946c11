namespace Gateway.Rostering.Phases;

/// <summary>
/// The safety stop: counts before and after by type, and says why a person should look first. More removed or changed than the
/// district allows, a collection without a row, or a term whose classes are all gone.
/// </summary>
internal sealed class JudgePhase : IRosterPhase
{
    private static readonly string[] Entities = ["school", "term", "class", "learner", "enrollment"];

    private const string Count = """
        select entity, change, count(*) from (
          select 'school' as entity, change from wanted_school
          union all select 'term', change from wanted_term
          union all select 'class', change from wanted_class
          union all select 'learner', change from wanted_learner
          union all select 'enrollment', change from wanted_enrollment
          union all select entity, 'ended' from ended) c
        group by entity, change
        union all
        -- Enrollments that stay as they are were not written down.
        select 'enrollment', null, (select count(*) from gateway.enrollment where district_id = @district and ended_on is null)
          - (select count(*) from wanted_enrollment where change = 'changed') - (select count(*) from ended where entity = 'enrollment')
        """;

    // What ends because its term is over and the district takes in current terms only.
    private const string Past = """
        with past as (select c.id from past_class p join gateway.class c on c.district_id = @district and c.source = p.source),
        over as (select e.* from ended e where e.entity = 'enrollment' and e.id in (select id from past)),
        gone as (
          select l.id from ended l where l.entity = 'learner'
            and exists (select from over o where o.other_id = l.id)
            and not exists (select from ended e where e.entity = 'enrollment' and e.other_id = l.id and e.id not in (select id from past)))
        select 'class', count(*) from ended e where e.entity = 'class' and e.id in (select id from past)
        union all select 'enrollment', count(*) from over
        union all select 'learner', count(*) from gone
        """;

    // A term that goes on or is to come, had classes and has none any more; or one that has begun, came without a class, and classes went.
    private const string EmptiedTerms = """
        with used as (select distinct unnest(term_ids) as id from wanted_class),
        before as (select distinct unnest(term_ids) as id from gateway.class where district_id = @district and ended_on is null
                   and source not in (select source from past_class))
        select count(*) from wanted_term w
        where not exists (select from used u where u.id = w.id)
          and ((w.ends_on > @today and exists (select from before b where b.id = w.id))
            or (w.change = 'added' and w.starts_on <= @today and w.ends_on > @today
                and not exists (select from used u join wanted_term n on n.id = u.id and n.change = 'added')))
        """;

    private const string SchoolShares = """
        select c.school_id, s.name, count(*), count(e.id)
        from gateway.class c join gateway.school s on s.id = c.school_id left join ended e on e.entity = 'class' and e.id = c.id
        where c.district_id = @district and c.ended_on is null
        group by c.school_id, s.name having count(e.id) > 0 order by count(e.id) desc, c.school_id limit 5
        """;

    public string Name => "judge";

    public int Steps => 1;

    public async Task<string?> RunAsync(RosterRunContext run, CancellationToken cancellation)
    {
        var counts = await CountAsync(run, cancellation);
        long Of(string entity, string change) => counts.GetValueOrDefault((entity, change));
        run.Ledger.Changes = ChangesOf(counts);

        var past = await PastAsync(run, cancellation);
        var types = Entities.Select(entity => new RosterTypeComparison(
            entity,
            Before: Of(entity, "") + Of(entity, "changed") + Of(entity, "ended"),
            Added: Of(entity, "added") + Of(entity, "returned"),
            Changed: Of(entity, "changed"),
            Removed: Of(entity, "ended"))).ToList();

        // Nothing there yet, and nothing to come: no decision for a person, but a source that is not set up.
        if (run.EmptyCollections.Count > 0 && types.All(type => type.Before == 0))
            return RosterCodes.CollectionEmpty;

        var reasons = new List<RosterWaitReason>();
        foreach (var collection in run.EmptyCollections)
            reasons.Add(new(RosterCodes.CollectionEmpty, collection, null, null));
        foreach (var type in types)
        {
            var unexpected = type with { Removed = type.Removed - past.GetValueOrDefault(type.Entity) };
            if (unexpected.RemovedPercent > run.Settings.RemovedPercent)
                reasons.Add(new(RosterCodes.RemovesTooMuch, type.Entity, Math.Round(unexpected.RemovedPercent, 2), run.Settings.RemovedPercent));
            if (type.ChangedPercent > run.Settings.ChangedPercent)
                reasons.Add(new(RosterCodes.ChangesTooMuch, type.Entity, Math.Round(type.ChangedPercent, 2), run.Settings.ChangedPercent));
        }

        var classesGo = Of("class", "ended") > 0;
        if (classesGo && await ScalarAsync(run, EmptiedTerms, cancellation) > 0)
            reasons.Add(new(RosterCodes.TermEmptied, "term", null, null));
        run.Comparison = new RosterComparison(types, reasons, classesGo ? await SchoolsAsync(run, cancellation) : []);
        return null;
    }

    /// <summary>What a person is told was changed; what came back after it had ended counts as changed.</summary>
    private static List<RosterChangeCount> ChangesOf(Dictionary<(string Entity, string Change), long> counts) =>
        [.. counts.Where(count => count.Key.Change.Length > 0)
            .GroupBy(count => (count.Key.Entity, Kind: count.Key.Change == "returned" ? "changed" : count.Key.Change), count => count.Value)
            .Select(group => new RosterChangeCount(group.Key.Entity, group.Key.Kind, group.Sum()))
            .OrderBy(change => change.Entity, StringComparer.Ordinal).ThenBy(change => change.Kind, StringComparer.Ordinal)];

    private static async Task<Dictionary<(string Entity, string Change), long>> CountAsync(RosterRunContext run, CancellationToken cancellation)
    {
        var counts = new Dictionary<(string, string), long>();
        await using var command = run.Command(Count);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            counts[(reader.GetString(0), reader.IsDBNull(1) ? "" : reader.GetString(1))] = reader.GetInt64(2);
        return counts;
    }

    private static async Task<Dictionary<string, long>> PastAsync(RosterRunContext run, CancellationToken cancellation)
    {
        var counts = new Dictionary<string, long>();
        if (run.Settings.TermMarginDays is null)
            return counts;
        await using var command = run.Command(Past);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            counts[reader.GetString(0)] = reader.GetInt64(1);
        return counts;
    }

    private static async Task<List<RosterSchoolShare>> SchoolsAsync(RosterRunContext run, CancellationToken cancellation)
    {
        var shares = new List<RosterSchoolShare>();
        await using var command = run.Command(SchoolShares);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            shares.Add(new(reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3)));
        return shares;
    }

    private static async Task<long> ScalarAsync(RosterRunContext run, string sql, CancellationToken cancellation)
    {
        await using var command = run.Command(sql);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
