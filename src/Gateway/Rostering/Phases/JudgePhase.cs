namespace Gateway.Rostering.Phases;

/// <summary>
/// The safety stop: counts before and after by type, and says why a person should look first. More removed or changed than the
/// district allows, a collection without a row, or a term whose classes are all gone.
/// </summary>
internal sealed class JudgePhase : IRosterPhase
{
    private static readonly string[] Entities = ["school", "term", "class", "learner", "enrollment"];

    private const string Before = """
        select 'school', count(*) from gateway.school where district_id = @district and ended_on is null
        union all select 'term', count(*) from gateway.term where district_id = @district and ended_on is null
        union all select 'class', count(*) from gateway.class where district_id = @district and ended_on is null
        union all select 'learner', count(*) from gateway.learner where district_id = @district and on_roster
        union all select 'enrollment', count(*) from gateway.enrollment where district_id = @district and ended_on is null
        """;

    private const string Differences = """
        select entity || ' ' || change, count(*) from (
          select 'school' as entity, change from wanted_school
          union all select 'term', change from wanted_term
          union all select 'class', change from wanted_class
          union all select 'learner', change from changed_learner
          union all select 'enrollment', change from changed_enrollment
          union all select entity, 'ended' from ended) c
        where change is not null group by entity, change
        """;

    private const string AnyPast = "select (select count(*) from past_class) + (select count(*) from ended where entity = 'term')";

    // What ends because its term is over and the district takes in current terms only, or because that was a year ago (P-2.3).
    private const string Past = """
        with past as (select c.id from past_class p join gateway.class c on c.district_id = @district and c.source = p.source),
        gone as (select class_id, learner_id from changed_enrollment where change = 'ended')
        select 'class', count(*) from ended e where e.entity = 'class' and e.id in (select id from past)
        union all select 'enrollment', count(*) from gone where class_id in (select id from past)
        union all select 'learner', count(*) from changed_learner l
          where l.change = 'ended' and exists (select from gone g where g.learner_id = l.id)
            and not exists (select from gone g where g.learner_id = l.id and g.class_id not in (select id from past))
        union all select 'term', count(*) from ended e join gateway.term t on t.id = e.id
          where e.entity = 'term' and t.ends_on <= (@today - interval '1 year')::date
        """;

    // A field that the district has just switched on comes to all rows in one night: that is its own doing and nothing to approve.
    private const string Filled = """
        select 'school', count(*) from wanted_school where change = 'changed' and filled
        union all select 'class', count(*) from wanted_class where change = 'changed' and filled
        union all select 'learner', count(*) from changed_learner where change = 'changed' and filled
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
        select c.school_id, count(*), count(e.id)
        from gateway.class c left join ended e on e.entity = 'class' and e.id = c.id
        where c.district_id = @district and c.ended_on is null
        group by c.school_id having count(e.id) > 0 order by count(e.id) desc, c.school_id limit 5
        """;

    public string Name => "judge";

    public int Steps => 1;

    public async Task<string?> RunAsync(RosterRunContext run, CancellationToken cancellation)
    {
        var before = await CountAsync(run, Before, cancellation);
        var differences = await CountAsync(run, Differences, cancellation);
        long Of(string entity, string change) => differences.GetValueOrDefault($"{entity} {change}");
        var past = await ScalarAsync(run, AnyPast, cancellation) == 0 ? [] : await CountAsync(run, Past, cancellation);
        var types = Entities.Select(entity => new RosterTypeComparison(
            entity, before[entity], Added: Of(entity, "added") + Of(entity, "returned"), Of(entity, "changed"), Removed: Of(entity, "ended"))).ToList();
        var filled = run.Shared.Count == 0 ? [] : await CountAsync(run, Filled, cancellation);
        run.Ledger.Changes = [.. ChangesOf(Of), .. run.People.Counts()];

        // Nothing there yet, and nothing to come: no decision for a person, but a source that is not set up.
        if (run.EmptyCollections.Count > 0 && types.All(type => type.Before == 0))
            return RosterCodes.CollectionEmpty;

        var reasons = new List<RosterWaitReason>();
        foreach (var collection in run.EmptyCollections)
            reasons.Add(new(RosterCodes.CollectionEmpty, collection, null, null));
        foreach (var type in types)
        {
            var unexpected = type with { Removed = type.Removed - past.GetValueOrDefault(type.Entity), Changed = type.Changed - filled.GetValueOrDefault(type.Entity) };
            if (unexpected.RemovedPercent > run.Settings.RemovedPercent)
                reasons.Add(new(RosterCodes.RemovesTooMuch, type.Entity, Math.Round(unexpected.RemovedPercent, 2), run.Settings.RemovedPercent));
            if (unexpected.ChangedPercent > run.Settings.ChangedPercent)
                reasons.Add(new(RosterCodes.ChangesTooMuch, type.Entity, Math.Round(unexpected.ChangedPercent, 2), run.Settings.ChangedPercent));
        }

        var classesGo = Of("class", "ended") > 0;
        if (classesGo && await ScalarAsync(run, EmptiedTerms, cancellation) > 0)
            reasons.Add(new(RosterCodes.TermEmptied, "term", null, null));
        reasons.AddRange(run.People.Reasons(run.Settings));
        run.Comparison = new RosterComparison(types, run.Judged ?? reasons, classesGo ? await SchoolsAsync(run, cancellation) : [])
        {
            People = run.People.Any ? run.People : null,
        };
        return null;
    }

    /// <summary>What a person is told was changed; what came back after it had ended counts as changed.</summary>
    private static List<RosterChangeCount> ChangesOf(Func<string, string, long> of) =>
        [.. from entity in Entities.Order(StringComparer.Ordinal)
            from change in new[] { ("added", of(entity, "added")), ("changed", of(entity, "changed") + of(entity, "returned")), ("ended", of(entity, "ended")) }
            where change.Item2 > 0
            select new RosterChangeCount(entity, change.Item1, change.Item2)];

    private static async Task<Dictionary<string, long>> CountAsync(RosterRunContext run, string sql, CancellationToken cancellation)
    {
        var counts = new Dictionary<string, long>();
        await using var command = run.Command(sql);
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
            shares.Add(new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)));
        return shares;
    }

    private static async Task<long> ScalarAsync(RosterRunContext run, string sql, CancellationToken cancellation)
    {
        await using var command = run.Command(sql);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
