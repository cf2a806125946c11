using Gateway.Privacy;

namespace Gateway.Engine.Api;

/// <summary><c>GET …/learners/{id}</c>: one learner, also when the learner has left the roster.</summary>
internal static class GetLearner
{
    public static Task<IResult> HandleAsync(string district, string id, HttpContext http, RosterAnswers answers) =>
        answers.OneAsync(http, district, LearnerRow.Fields, view => Plan(view, id), EngineJson.Default.LearnerResource);

    private static Outcome<RosterQuery<LearnerResource>> Plan(EngineView view, string id)
    {
        if (view.RowOf(EngineIdKind.Learner, id) is not { } number)
            return ApiFailures.LearnerUnknown;
        return new RosterQuery<LearnerResource>(
            async (reader, cancellation) => await reader.ReadAsync(cancellation) ? LearnerRow.Read(view, reader) : ApiFailures.LearnerUnknown,
            Keyset.Command($"select {LearnerRow.Columns(view)} from gateway.learner l where l.district_id = $1 and l.id = $2", view.District.Id, number));
    }
}
