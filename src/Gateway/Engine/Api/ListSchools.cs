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
        if (Keyset.After(view, EngineIdKind.School, page.After) is not { } after)
            return ApiFailures.CursorInvalid;
        var sql = $"""
            select s.id, {view.Column("name", "s.name")}
            from gateway.school s where s.district_id = $1 and s.id > $2 and s.ended_on is null
            order by s.id limit {page.Limit + 1}
            """;
        return new RosterQuery<RosterRows<SchoolResource>>(
            (reader, cancellation) => RosterRows<SchoolResource>.ReadAsync(
                reader, page.Limit,
                row => new(view.Id(EngineIdKind.School, row.GetInt64(0)), Keyset.At<string>(row, 1)),
                row => view.Id(EngineIdKind.School, row.GetInt64(0)).ToString(), cancellation),
            Keyset.Command(sql, view.District.Id, after));
    }
}
