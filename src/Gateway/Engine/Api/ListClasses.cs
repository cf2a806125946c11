using Gateway.Privacy;

namespace Gateway.Engine.Api;

/// <summary><c>GET …/classes</c>: the classes that are on the roster.</summary>
internal static class ListClasses
{
    public static Task<IResult> HandleAsync(string district, HttpContext http, RosterAnswers answers) =>
        answers.PageAsync(http, district, ClassRow.Fields, Plan, EngineJson.Default.PageClassResource, OrderedRows.Classes);

    public static Outcome<RosterQuery<RosterRows<ClassResource>>> Plan(EngineView view, PageRequest page) => OrderedPage.Plan(
        view, page, EngineIdKind.Class,
        $"select {ClassRow.Columns(view)} from gateway.class c where c.district_id = $1 and c.id = any($2) and c.ended_on is null",
        row => ClassRow.Read(view, row));
}
