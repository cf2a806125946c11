using Gateway.Privacy;

namespace Gateway.Engine.Api;

/// <summary><c>GET …/learners</c>: everybody whom the district's roster or a launch has brought.</summary>
internal static class ListLearners
{
    public static Task<IResult> HandleAsync(string district, HttpContext http, RosterAnswers answers) =>
        answers.PageAsync(http, district, LearnerRow.Fields, Plan, EngineJson.Default.PageLearnerResource);

    public static Outcome<RosterQuery<RosterRows<LearnerResource>>> Plan(EngineView view, PageRequest page)
    {
        if (Keyset.After(view, EngineIdKind.Learner, page.After) is not { } after)
            return ApiFailures.CursorInvalid;
        var sql = $"""
            select {LearnerRow.Columns(view)}
            from gateway.learner l where l.district_id = $1 and l.id > $2
            order by l.id limit {page.Limit + 1}
            """;
        view.Reserve(page.Limit);
        return new RosterQuery<RosterRows<LearnerResource>>(
            (reader, cancellation) => RosterRows<LearnerResource>.ReadAsync(
                reader, page.Limit, row => LearnerRow.Read(view, row), row => view.Id(EngineIdKind.Learner, row.GetInt64(0)).ToString(), cancellation),
            Keyset.Command(sql, view.District.Id, after));
    }
}
