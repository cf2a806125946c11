using Gateway.Privacy;

namespace Gateway.Engine.Api;

/// <summary><c>GET …/learners</c>: everybody whom the district's roster or a launch has brought.</summary>
internal static class ListLearners
{
    public static Task<IResult> HandleAsync(string district, HttpContext http, RosterAnswers answers) =>
        answers.PageAsync(http, district, LearnerRow.Fields, Plan, EngineJson.Default.PageLearnerResource, OrderedRows.Learners);

    public static Outcome<RosterQuery<RosterRows<LearnerResource>>> Plan(EngineView view, PageRequest page) => OrderedPage.Plan(
        view, page, EngineIdKind.Learner,
        $"select {LearnerRow.Columns(view)} from gateway.learner l where l.district_id = $1 and l.id = any($2)",
        row => LearnerRow.Read(view, row));
}
