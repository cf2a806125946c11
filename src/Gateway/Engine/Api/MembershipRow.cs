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

    /// <summary>That it goes on, or begins later; the parameter is the day.</summary>
    public static string GoesOn(string today) => $"e.ended_on is null and (e.ends_on is null or e.ends_on > {today})";

    /// <summary>One row a class and learner. Not by the role where that is not given: not even the order tells it then.</summary>
    public static string Ordered(EngineView view) => view.Gives(SharedField.Role) ? "e.class_id, e.learner_id, e.role" : "e.class_id, e.learner_id";

    public static MembershipResource Read(EngineView view, NpgsqlDataReader row, bool ofClass, bool ofLearner) => new(
        !ofClass && view.Wants("class") ? ClassOf(view, row) : null,
        !ofLearner && view.Wants("learner") ? LearnerOf(view, row) : null,
        view.Role(Keyset.At<string>(row, 2)),
        Keyset.DayAt(row, 3),
        Keyset.LastDayAt(row, 4));

    public static string ClassOf(EngineView view, NpgsqlDataReader row) => view.Id(EngineIdKind.Class, row.GetInt64(0));

    public static string LearnerOf(EngineView view, NpgsqlDataReader row) => view.Id(EngineIdKind.Learner, row.GetInt64(1));
}
