using Gateway.Privacy;

namespace Gateway.Engine.Api;

/// <summary><c>GET …/classes/{id}</c>: one class, also when it has left the roster.</summary>
internal static class GetClass
{
    public static Task<IResult> HandleAsync(string district, string id, HttpContext http, RosterAnswers answers) =>
        answers.OneAsync(http, district, ClassRow.Fields, view => Plan(view, id), EngineJson.Default.ClassResource);

    private static Outcome<RosterQuery<ClassResource>> Plan(EngineView view, string id)
    {
        if (view.RowOf(EngineIdKind.Class, id) is not { } number)
            return ApiFailures.ClassUnknown;
        return new RosterQuery<ClassResource>(
            async (reader, cancellation) => await reader.ReadAsync(cancellation) ? ClassRow.Read(view, reader) : ApiFailures.ClassUnknown,
            Keyset.Command($"select {ClassRow.Columns(view)} from gateway.class c where c.district_id = $1 and c.id = $2", view.District.Id, number));
    }
}
