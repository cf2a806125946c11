using Gateway.Privacy;

namespace Gateway.Engine.Api;

/// <summary><c>GET …/classes</c>: the classes that are on the roster.</summary>
internal static class ListClasses
{
    public static Task<IResult> HandleAsync(string district, HttpContext http, RosterAnswers answers) =>
        answers.PageAsync(http, district, ClassRow.Fields, Plan, EngineJson.Default.PageClassResource);

    public static Outcome<RosterQuery<RosterRows<ClassResource>>> Plan(EngineView view, PageRequest page)
    {
        if (Keyset.After(view, EngineIdKind.Class, page.After) is not { } after)
            return ApiFailures.CursorInvalid;
        var sql = $"""
            select {ClassRow.Columns(view)}
            from gateway.class c where c.district_id = $1 and c.id > $2 and c.ended_on is null
            order by c.id limit {page.Limit + 1}
            """;
        return new RosterQuery<RosterRows<ClassResource>>(
            (reader, cancellation) => RosterRows<ClassResource>.ReadAsync(
                reader, page.Limit, row => ClassRow.Read(view, row), row => view.Id(EngineIdKind.Class, row.GetInt64(0)).ToString(), cancellation),
            Keyset.Command(sql, view.District.Id, after));
    }
}
