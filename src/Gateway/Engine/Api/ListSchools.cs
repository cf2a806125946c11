using Gateway.Privacy;

namespace Gateway.Engine.Api;

/// <summary><c>GET …/schools</c>: the district's schools, where it gives them.</summary>
internal static class ListSchools
{
    public static readonly string[] Fields = ["id", "name"];

    public static Task<IResult> HandleAsync(string district, HttpContext http, RosterAnswers answers) =>
        answers.PageAsync(http, district, Fields, Plan, EngineJson.Default.PageSchoolResource);

    private static Outcome<RosterQuery<RosterRows<SchoolResource>>> Plan(EngineView view, PageRequest page)
    {
        if (!view.Gives(SharedField.School))
            return ApiFailures.NotGiven;
        if (!Keyset.TryReadAfter(view, EngineIdKind.School, page.After, out var after))
            return ApiFailures.CursorInvalid;
        var sql = $"""
            select s.id, {view.Column("name", "s.name")}
            from gateway.school s where s.district_id = $1 and s.ended_on is null
            """;
        return new RosterQuery<RosterRows<SchoolResource>>(
            async (reader, cancellation) =>
            {
                var rows = new List<(long, SchoolResource)>();
                while (await reader.ReadAsync(cancellation))
                    rows.Add((reader.GetInt64(0), new SchoolResource(view.Id(EngineIdKind.School, reader.GetInt64(0)), Keyset.At<string>(reader, 1))));
                return Keyset.PageOf(view, EngineIdKind.School, rows, after, page.Limit);
            },
            Keyset.Command(sql, view.District.Id));
    }
}
