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
        if (!Keyset.TryReadAfter(view, EngineIdKind.Term, page.After, out var after))
            return ApiFailures.CursorInvalid;
        var sql = $"""
            select t.id, {view.Column("kind", "t.kind")}, {view.Column("firstDay", "t.starts_on")}, {view.Column("lastDay", "t.ends_on")}
            from gateway.term t where t.district_id = $1 and t.ended_on is null
            """;
        return new RosterQuery<RosterRows<TermResource>>(
            async (reader, cancellation) =>
            {
                var rows = new List<(long, TermResource)>();
                while (await reader.ReadAsync(cancellation))
                    rows.Add((reader.GetInt64(0), new TermResource(view.Id(EngineIdKind.Term, reader.GetInt64(0)), Keyset.At<string>(reader, 1), Keyset.DayAt(reader, 2), Keyset.LastDayAt(reader, 3))));
                return Keyset.PageOf(view, EngineIdKind.Term, rows, after, page.Limit);
            },
            Keyset.Command(sql, view.District.Id));
    }
}
