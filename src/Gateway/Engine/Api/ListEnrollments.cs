using Gateway.Privacy;

namespace Gateway.Engine.Api;

/// <summary><c>GET …/enrollments</c>: who is in which class, for a whole district; for an engine that reads it all.</summary>
internal static class ListEnrollments
{
    /// <summary>So many people are expected in a class; larger ones cost more reading, smaller ones give a shorter page.</summary>
    private const int OfAClass = 25;

    public static Task<IResult> HandleAsync(string district, HttpContext http, RosterAnswers answers) =>
        answers.PageAsync(http, district, MembershipRow.Fields, Plan, EngineJson.Default.PageMembershipResource, OrderedRows.ClassesWithMembers);

    private static Outcome<RosterQuery<RosterRows<MembershipResource>>> Plan(EngineView view, PageRequest page)
    {
        if (view.Order is not { Order: var order } || After(view, page.After) is not (var @class, var learner))
            return ApiFailures.CursorInvalid;
        // The class that the page before did not end, and as many as fill this one.
        var classes = order.Next(@class, page.Limit / OfAClass + 2, including: learner is not null).ToArray();
        var sql = $"""
            select {MembershipRow.Columns(view)}
            from gateway.enrollment e
            where e.class_id = any($1) and e.district_id = $2 and {MembershipRow.GoesOn("$3")}
            order by {MembershipRow.Order(view)}
            """;
        return new RosterQuery<RosterRows<MembershipResource>>(
            async (reader, cancellation) => PageOf(
                view, order, classes, await MembershipRow.ReadAsync(view, reader, ofClass: false, ofLearner: false, cancellation), (@class, learner), page.Limit),
            Keyset.Command(sql, classes, view.District.Id, view.Today));
    }

    // Class by class; within each, by the learners' ids.
    private static RosterRows<MembershipResource> PageOf(
        EngineView view, EngineOrder order, long[] classes, List<(long Class, long Learner, MembershipResource Row)> all, (long? Class, long? Learner) after, int limit)
    {
        var byClass = all.ToLookup(row => row.Class, row => (row.Learner, row.Row));
        var rows = new List<MembershipResource>(limit);
        foreach (var @class in classes)
        {
            var page = Keyset.PageOf(view, EngineIdKind.Learner, byClass[@class].ToList(), @class == after.Class ? after.Learner : null, limit - rows.Count);
            rows.AddRange(page.Rows);
            if (page.Next is { } learner)
                return new(rows, $"{view.Id(EngineIdKind.Class, @class)}.{learner}.{view.Since()}");
            if (rows.Count == limit)
                return new(rows, order.EndsAt(@class) ? null : $"{view.Id(EngineIdKind.Class, @class)}.{view.Since()}");
        }

        return new(rows, classes.Length == 0 || order.EndsAt(classes[^1]) ? null : $"{view.Id(EngineIdKind.Class, classes[^1])}.{view.Since()}");
    }

    // The last class, with a learner where there is more of it; both null at the beginning.
    private static (long? Class, long? Learner)? After(EngineView view, string? after) => after?.Split('.') switch
    {
        null => (null, null),
        [var first, _] when view.RowOf(EngineIdKind.Class, first) is { } @class => (@class, null),
        [var first, var second, _] when view.RowOf(EngineIdKind.Class, first) is { } @class && view.RowOf(EngineIdKind.Learner, second) is { } learner => (@class, learner),
        _ => null,
    };
}
