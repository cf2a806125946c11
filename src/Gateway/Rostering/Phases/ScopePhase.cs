using NpgsqlTypes;

namespace Gateway.Rostering.Phases;

/// <summary>
/// Leaves out what the district does not take in: schools, class types, terms, grades. Of every district it leaves out what the
/// retention clock deletes (P-2.3): classes that ended a year ago, and terms of then that no other class is held in; an SIS may name them for
/// many years more. Classes that are left out for their terms are remembered: that they end is the calendar's doing and no removal to approve.
/// </summary>
internal sealed class ScopePhase : IRosterPhase
{
    public const string PastTable = "create temp table past_class (source uuid not null)";

    private const string LongOver = "(@today - interval '1 year')::date";

    private const string AnyLongOver = $"select exists (select from staged_session where ends_on <= {LongOver})";

    private const string PastClasses = $"""
        with past as (
          update staged_class c set active = false
          where c.active and exists (select from staged_session s where s.source = any(c.terms) and s.active)
            and not exists (select from staged_session s where s.source = any(c.terms) and s.active and s.ends_on > {LongOver})
          returning c.source)
        insert into past_class (source) select source from past
        """;

    private const string PastTerms = $"""
        update staged_session s set active = false
        where s.active and s.ends_on <= {LongOver} and not exists (select from staged_class c where c.active and s.source = any(c.terms))
        """;

    private const string Schools = "update staged_org set active = false where school and source <> all(@schools)";

    private const string ClassesOfSchools = "update staged_class set active = false where active and school <> all(@schools)";

    private const string ClassTypes = "update staged_class set active = false where active and kind <> all(@types)";

    private const string Terms = """
        with past as (
          update staged_class c set active = false
          where c.active and not exists (
            select from staged_session s
            where s.source = any(c.terms) and s.active and s.starts_on - @margin <= @today and s.ends_on + @margin > @today)
          returning c.source)
        insert into past_class (source) select source from past
        """;

    // A teacher has no grade. A student without one is in none that was chosen.
    private const string Grades = """
        update staged_user u set active = false
        where not u.chosen and u.active
          and (exists (select from staged_role r where r.person = u.source and r.role = 'student')
            or exists (select from staged_enrollment e where e.person = u.source and e.active and e.role = 'student'))
        """;

    public string Name => "scope";

    public int Steps => 1;

    public async Task<string?> RunAsync(RosterRunContext run, CancellationToken cancellation)
    {
        await run.ExecuteAsync(PastTable, cancellation);
        var classes = await LeaveOutPastAsync(run, cancellation);
        if (!run.Settings.IsScoped)
            return null;

        var (scope, leftOut) = (run.Settings, run.Ledger.LeftOut);
        await using var transaction = await run.Connection.BeginTransactionAsync(cancellation);
        if (scope.Schools is not null)
        {
            leftOut["orgs"] = await RunAsync(run, Schools, cancellation);
            classes += await RunAsync(run, ClassesOfSchools, cancellation);
        }

        if (scope.ClassTypes is not null)
            classes += await RunAsync(run, ClassTypes, cancellation);
        if (scope.TermMarginDays is not null)
            classes += await RunAsync(run, Terms, cancellation);
        if (scope.Grades is not null)
            leftOut["users"] = await RunAsync(run, Grades, cancellation);
        leftOut["classes"] = classes;
        await transaction.CommitAsync(cancellation);
        await run.ExecuteAsync("analyze staged_class, staged_user, past_class", cancellation);
        return null;
    }

    private static async Task<long> LeaveOutPastAsync(RosterRunContext run, CancellationToken cancellation)
    {
        await using (var any = run.Command(AnyLongOver))
        {
            if (!(bool)(await any.ExecuteScalarAsync(cancellation))!)
                return 0;
        }

        long classes = await run.ExecuteAsync(PastClasses, cancellation);
        if (classes > 0)
            run.Ledger.LeftOut["classes"] = classes;
        if (await run.ExecuteAsync(PastTerms, cancellation) is > 0 and var terms)
            run.Ledger.LeftOut["academicSessions"] = terms;
        await run.ExecuteAsync("analyze staged_class, staged_session, past_class", cancellation);
        return classes;
    }

    private static async Task<int> RunAsync(RosterRunContext run, string sql, CancellationToken cancellation)
    {
        await using var command = run.Command(sql);
        if (sql is Schools or ClassesOfSchools)
            command.Parameters.Add(new("schools", NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = run.Settings.Schools!.ToArray() });
        if (sql == ClassTypes)
            command.Parameters.Add(new("types", NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = run.Settings.ClassTypes!.ToArray() });
        if (sql == Terms)
            command.Parameters.AddWithValue("margin", run.Settings.TermMarginDays!.Value);
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
