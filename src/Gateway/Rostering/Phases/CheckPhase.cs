namespace Gateway.Rostering.Phases;

/// <summary>
/// Checks what rows cannot say alone: duplicates and references. A row with a broken reference is dropped, a broken optional
/// reference is; both are counted. Rows that point at what is to be deleted are not broken: they are left out in silence later.
/// Enrollments, which are most of a roster, are checked in the same pass that compares them.
/// </summary>
internal sealed class CheckPhase : IRosterPhase
{
    private const string Prepare = """
        select set_config('default_statistics_target', '10', true), set_config('jit', 'off', true);
        analyze staged_org, staged_session, staged_course, staged_class, staged_user, staged_role, staged_enrollment;
        select set_config('work_mem', '64MB', true);
        """;

    // In order: what a later rule looks up has been cleaned by an earlier one.
    private static readonly Rule[] Rules =
    [
        Duplicate("staged_org", "orgs"),
        Duplicate("staged_session", "academicSessions"),
        Duplicate("staged_course", "courses"),
        Duplicate("staged_class", "classes"),
        Duplicate("staged_user", "users"),
        new("roster.org_parent_unknown", "orgs", "parent", DropsRows: false, """
            update staged_org o set parent = null
            where o.parent is not null and not exists (select from staged_org p where p.source = o.parent)
            """),
        new("roster.class_course_unknown", "classes", "course", DropsRows: true,
            "delete from staged_class c where c.course is not null and not exists (select from staged_course o where o.source = c.course)"),
        new("roster.class_school_unknown", "classes", "school", DropsRows: true,
            "delete from staged_class c where not exists (select from staged_org o where o.source = c.school)"),
        new("roster.class_term_unknown", "classes", "terms", DropsRows: false, """
            with broken as (
              select distinct c.source from staged_class c cross join unnest(c.terms) as t (term)
              where not exists (select from staged_session s where s.source = t.term))
            update staged_class c
            set terms = array(select t.term from unnest(c.terms) as t (term) where exists (select from staged_session s where s.source = t.term))
            from broken where broken.source = c.source
            """),
        new("roster.class_without_term", "classes", "terms", DropsRows: true, "delete from staged_class where cardinality(terms) = 0"),
        new("roster.role_user_unknown", "userRoles", "user", DropsRows: true,
            "delete from staged_role r where not exists (select from staged_user u where u.source = r.person)"),
        new("roster.role_org_unknown", "userRoles", "org", DropsRows: true,
            "delete from staged_role r where r.org is not null and not exists (select from staged_org o where o.source = r.org)"),
    ];

    private const string Empty = """
        select name from (values
          ('orgs', exists (select from staged_org where active)),
          ('users', exists (select from staged_user where active)),
          ('classes', exists (select from staged_class where active))) as c (name, filled)
        where not filled
        """;

    public string Name => "check";

    public int Steps => Rules.Length;

    public async Task<string?> RunAsync(RosterRunContext run, CancellationToken cancellation)
    {
        await using var transaction = await run.Connection.BeginTransactionAsync(cancellation);
        await run.ExecuteAsync(Prepare, cancellation);
        for (var i = 0; i < Rules.Length; i++)
        {
            var rule = Rules[i];
            await run.Watch.StepAsync(i + 1, cancellation);
            run.Ledger.Find(rule.Id, rule.Collection, rule.Field, rule.DropsRows, await run.ExecuteAsync(rule.Sql, cancellation));
        }

        await PersonValues.CheckAsync(run, cancellation);
        run.EmptyCollections = await EmptyCollectionsAsync(run, cancellation);
        await transaction.CommitAsync(cancellation);
        foreach (var collection in run.EmptyCollections)
            run.Ledger.Find(RosterCodes.CollectionEmpty, collection, "", rowsDropped: true, 1);
        return null;
    }

    private static async Task<List<string>> EmptyCollectionsAsync(RosterRunContext run, CancellationToken cancellation)
    {
        var names = new List<string>();
        await using var command = run.Command(Empty);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            names.Add(reader.GetString(0));
        return names;
    }

    // Of two rows with one id an active one stays, and of those the first.
    private static Rule Duplicate(string table, string collection) => new("roster.duplicate", collection, "sourcedId", DropsRows: true, $"""
        with copy as (
          select ctid, row_number() over (partition by source order by active desc, ctid) as n from {table}
          where source in (select source from {table} group by source having count(*) > 1))
        delete from {table} t using copy where t.ctid = copy.ctid and copy.n > 1
        """);

    private sealed record Rule(string Id, string Collection, string Field, bool DropsRows, string Sql);
}
