using Gateway.Privacy;
using Npgsql;

namespace Gateway.Engine.Api;

/// <summary>
/// <c>GET …/classes/{id}/learners</c> and <c>…/teachers</c>: who is in a class. Where the district does not give roles, everybody is a
/// learner, and teachers cannot be asked for.
/// </summary>
internal static class ListClassMembers
{
    // S-3: a student is nobody's teacher, whatever place a roster of before gave.
    private const string TeachersOnly = " and exists (select from gateway.learner l where l.id = e.learner_id and l.role = 'teacher')";

    public static Task<IResult> LearnersAsync(string district, string id, HttpContext http, RosterAnswers answers) =>
        answers.PageAsync(http, district, MembershipRow.Fields, (view, page) => Plan(view, page, id, "student"), EngineJson.Default.PageMembershipResource);

    public static Task<IResult> TeachersAsync(string district, string id, HttpContext http, RosterAnswers answers) =>
        answers.PageAsync(http, district, MembershipRow.Fields, (view, page) => Plan(view, page, id, "teacher"), EngineJson.Default.PageMembershipResource);

    private static Outcome<RosterQuery<RosterRows<MembershipResource>>> Plan(EngineView view, PageRequest page, string id, string role)
    {
        if (view.RowOf(EngineIdKind.Class, id) is not { } number)
            return ApiFailures.ClassUnknown;
        var rolesGiven = view.Gives(SharedField.Role);
        if (!rolesGiven && role == "teacher")
            return ApiFailures.NotGiven;
        if (!Keyset.TryReadAfter(view, EngineIdKind.Learner, page.After, out var after))
            return ApiFailures.CursorInvalid;
        var sql = $"""
            select {MembershipRow.Columns(view)}
            from gateway.enrollment e
            where e.class_id = $1 and e.district_id = $2 and {MembershipRow.GoesOn("$3")}{(rolesGiven ? $" and e.role = '{role}'" : "")}{(role == "teacher" ? TeachersOnly : "")}
            order by {MembershipRow.Order(view)}
            """;
        return new RosterQuery<RosterRows<MembershipResource>>(
            (reader, cancellation) => ReadAsync(view, page, after, reader, cancellation),
            Keyset.Command("select exists (select from gateway.class c where c.district_id = $1 and c.id = $2)", view.District.Id, number),
            Keyset.Command(sql, number, view.District.Id, view.Today));
    }

    private static async Task<Outcome<RosterRows<MembershipResource>>> ReadAsync(
        EngineView view, PageRequest page, long? after, NpgsqlDataReader reader, CancellationToken cancellation)
    {
        await reader.ReadAsync(cancellation);
        if (!reader.GetBoolean(0))
            return ApiFailures.ClassUnknown;
        await reader.NextResultAsync(cancellation);
        var rows = await MembershipRow.ReadAsync(view, reader, ofClass: true, ofLearner: false, cancellation);
        return Keyset.PageOf(view, EngineIdKind.Learner, rows.ConvertAll(row => (row.Learner, row.Row)), after, page.Limit);
    }
}
