using Gateway.Privacy;

namespace Gateway.Engine.Api;

/// <summary><c>GET …/enrollments</c>: who is in which class, for a whole district; for an engine that reads it all.</summary>
internal static class ListEnrollments
{
    public static Task<IResult> HandleAsync(string district, HttpContext http, RosterAnswers answers) =>
        answers.PageAsync(http, district, MembershipRow.Fields, Plan, EngineJson.Default.PageMembershipResource);

    private static Outcome<RosterQuery<RosterRows<MembershipResource>>> Plan(EngineView view, PageRequest page)
    {
        if (After(view, page.After) is not (var @class, var learner))
            return ApiFailures.CursorInvalid;
        // From the classes of the district, one after the other: neither other districts' rows nor later classes' are touched.
        // The case is an or whose estimate does not depend on the values: see MembershipRow.GoesOn.
        var sql = $"""
            select page.* from gateway.class c cross join lateral (
              select {MembershipRow.Columns(view)}
              from gateway.enrollment e
              where e.class_id = c.id and case when c.id > $2 then true else e.learner_id > $3 end and {MembershipRow.GoesOn("$4")}
              order by {MembershipRow.Order(view)}) page
            where c.district_id = $1 and c.id >= $2
            order by c.id, page.learner_id{(view.Column("role", "role", SharedField.Role) == "null" ? "" : ", page.role")} limit {page.Limit + 1}
            """;
        return new RosterQuery<RosterRows<MembershipResource>>(
            (reader, cancellation) => MembershipRow.ReadPageAsync(
                view, page, reader, ofClass: false, ofLearner: false,
                row => $"{MembershipRow.ClassOf(view, row)}.{MembershipRow.LearnerOf(view, row)}", cancellation),
            Keyset.Command(sql, view.District.Id, @class, learner, view.Today));
    }

    // The last row's class and learner.
    private static (long Class, long Learner)? After(EngineView view, string? after)
    {
        if (after is null)
            return (0, 0);
        return after.Split('.') is [var first, var second]
            && view.RowOf(EngineIdKind.Class, first) is { } @class
            && view.RowOf(EngineIdKind.Learner, second) is { } learner
            ? (@class, learner)
            : null;
    }
}
