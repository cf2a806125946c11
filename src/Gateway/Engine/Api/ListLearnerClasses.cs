using Gateway.Privacy;
using Npgsql;

namespace Gateway.Engine.Api;

/// <summary><c>GET …/learners/{id}/classes</c>: the classes that somebody is in.</summary>
internal static class ListLearnerClasses
{
    public static Task<IResult> HandleAsync(string district, string id, HttpContext http, RosterAnswers answers) =>
        answers.PageAsync(http, district, MembershipRow.Fields, (view, page) => Plan(view, page, id), EngineJson.Default.PageMembershipResource);

    private static Outcome<RosterQuery<RosterRows<MembershipResource>>> Plan(EngineView view, PageRequest page, string id)
    {
        if (view.RowOf(EngineIdKind.Learner, id) is not { } number)
            return ApiFailures.LearnerUnknown;
        if (!Keyset.TryReadAfter(view, EngineIdKind.Class, page.After, out var after))
            return ApiFailures.CursorInvalid;
        var sql = $"""
            select {MembershipRow.Columns(view)}
            from gateway.enrollment e
            where e.learner_id = $1 and e.district_id = $2 and {MembershipRow.GoesOn("$3")}
            order by {MembershipRow.Order(view)}
            """;
        return new RosterQuery<RosterRows<MembershipResource>>(
            (reader, cancellation) => ReadAsync(view, page, after, reader, cancellation),
            Keyset.Command("select exists (select from gateway.learner l where l.district_id = $1 and l.id = $2)", view.District.Id, number),
            Keyset.Command(sql, number, view.District.Id, view.Today));
    }

    private static async Task<Outcome<RosterRows<MembershipResource>>> ReadAsync(
        EngineView view, PageRequest page, long? after, NpgsqlDataReader reader, CancellationToken cancellation)
    {
        await reader.ReadAsync(cancellation);
        if (!reader.GetBoolean(0))
            return ApiFailures.LearnerUnknown;
        await reader.NextResultAsync(cancellation);
        var rows = await MembershipRow.ReadAsync(view, reader, ofClass: false, ofLearner: true, cancellation);
        return Keyset.PageOf(view, EngineIdKind.Class, rows.ConvertAll(row => (row.Class, row.Row)), after, page.Limit);
    }
}
