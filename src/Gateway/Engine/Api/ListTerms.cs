using Gateway.Privacy;

namespace Gateway.Engine.Api;

/// <summary><c>GET …/terms</c>: the district's terms, where it gives them.</summary>
internal static class ListTerms
{
    public static readonly string[] Fields = ["id", "kind", "firstDay", "lastDay"];

    public static Task<IResult> HandleAsync(string district, HttpContext http, RosterAnswers answers) =>
        answers.PageAsync(http, district, Fields, Plan, EngineJson.Default.PageTermResource);

    private static Outcome<RosterQuery<RosterRows<TermResource>>> Plan(EngineView view, PageRequest page)
    {
        if (!view.Gives(SharedField.TermDates))
            return ApiFailures.NotGiven;
        if (Keyset.After(view, EngineIdKind.Term, page.After) is not { } after)
            return ApiFailures.CursorInvalid;
        var sql = $"""
            select t.id, {view.Column("kind", "t.kind")}, {view.Column("firstDay", "t.starts_on")}, {view.Column("lastDay", "t.ends_on")}
            from gateway.term t where t.district_id = $1 and t.id > $2 and t.ended_on is null
            order by t.id limit {page.Limit + 1}
            """;
        return new RosterQuery<RosterRows<TermResource>>(
            (reader, cancellation) => RosterRows<TermResource>.ReadAsync(
                reader, page.Limit,
                row => new(view.Id(EngineIdKind.Term, row.GetInt64(0)), Keyset.At<string>(row, 1), Keyset.DayAt(row, 2), Keyset.LastDayAt(row, 3)),
                row => view.Id(EngineIdKind.Term, row.GetInt64(0)).ToString(), cancellation),
            Keyset.Command(sql, view.District.Id, after));
    }
}
