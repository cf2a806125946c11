using Gateway.Privacy;
using Npgsql;

namespace Gateway.Engine.Api;

/// <summary>
/// How somebody's place in a class is asked for and read. A place that is over is not shown. Who has two roles in one class is shown
/// once, with the role of less privilege.
/// </summary>
internal static class MembershipRow
{
    public static readonly string[] Fields = ["class", "learner", "role", "firstDay", "lastDay"];

    /// <summary>The columns of an enrollment <c>e</c>, class and learner first.</summary>
    public static string Columns(EngineView view) => string.Join(
        ", ",
        "e.class_id",
        "e.learner_id",
        view.Column("role", "e.role", SharedField.Role),
        view.Column("firstDay", "e.starts_on"),
        view.Column("lastDay", "e.ends_on"));

    /// <summary>
    /// That it goes on, or begins later; the parameter is the day. As an expression, of which the database knows no statistics: a plan made
    /// for any values is then estimated as one made for these is, and is kept.
    /// </summary>
    public static string GoesOn(string today) => $"e.ended_on is null and coalesce(e.ends_on, 'infinity') > {today}";

    /// <summary>By class and learner, and by role where that is given: the role of less privilege comes first.</summary>
    public static string Order(EngineView view) => view.Gives(SharedField.Role) ? "e.class_id, e.learner_id, e.role" : "e.class_id, e.learner_id";

    /// <summary>Reads rows that are sorted as <see cref="Order"/> says: one a class and learner.</summary>
    public static async Task<List<(long Class, long Learner, MembershipResource Row)>> ReadAsync(
        EngineView view, NpgsqlDataReader reader, bool ofClass, bool ofLearner, CancellationToken cancellation)
    {
        var rows = new List<(long Class, long Learner, MembershipResource Row)>();
        while (await reader.ReadAsync(cancellation))
        {
            var (@class, learner) = (reader.GetInt64(0), reader.GetInt64(1));
            if (rows.Count == 0 || rows[^1].Class != @class || rows[^1].Learner != learner)
                rows.Add((@class, learner, Read(view, reader, ofClass, ofLearner)));
        }

        return rows;
    }

    private static MembershipResource Read(EngineView view, NpgsqlDataReader row, bool ofClass, bool ofLearner) => new(
        !ofClass && view.Wants("class") ? ClassOf(view, row) : null,
        !ofLearner && view.Wants("learner") ? LearnerOf(view, row) : null,
        view.Role(Keyset.At<string>(row, 2)),
        Keyset.DayAt(row, 3),
        Keyset.LastDayAt(row, 4));

    private static EngineId ClassOf(EngineView view, NpgsqlDataReader row) => view.Id(EngineIdKind.Class, row.GetInt64(0));

    private static EngineId LearnerOf(EngineView view, NpgsqlDataReader row) => view.Id(EngineIdKind.Learner, row.GetInt64(1));
}
