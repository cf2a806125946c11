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

    /// <summary>By class and learner. Not by the role where that is not given: not even the order tells it then.</summary>
    public static string Order(EngineView view) => view.Gives(SharedField.Role) ? "e.class_id, e.learner_id, e.role" : "e.class_id, e.learner_id";

    /// <summary>
    /// Reads a page, one row a class and learner, from a result that holds one row more than asked for, where there is one. It may be
    /// shorter than asked for.
    /// </summary>
    public static async Task<Outcome<RosterRows<MembershipResource>>> ReadPageAsync(
        EngineView view, PageRequest page, NpgsqlDataReader reader, bool ofClass, bool ofLearner, Func<NpgsqlDataReader, string> cursor, CancellationToken cancellation)
    {
        var rows = new List<MembershipResource>(page.Limit);
        view.Reserve(ofClass || ofLearner ? page.Limit : 2 * page.Limit);
        var (read, last, next) = (0, (Class: 0L, Learner: 0L), "");
        while (await reader.ReadAsync(cancellation))
        {
            if (read++ == page.Limit)
                return new RosterRows<MembershipResource>(rows, next);
            var place = (reader.GetInt64(0), reader.GetInt64(1));
            if (place == last)
                continue;
            last = place;
            rows.Add(Read(view, reader, ofClass, ofLearner));
            if (read >= page.Limit - 1)
                next = cursor(reader);
        }

        return new RosterRows<MembershipResource>(rows, null);
    }

    private static MembershipResource Read(EngineView view, NpgsqlDataReader row, bool ofClass, bool ofLearner) => new(
        !ofClass && view.Wants("class") ? ClassOf(view, row) : null,
        !ofLearner && view.Wants("learner") ? LearnerOf(view, row) : null,
        view.Role(Keyset.At<string>(row, 2)),
        Keyset.DayAt(row, 3),
        Keyset.LastDayAt(row, 4));

    public static EngineId ClassOf(EngineView view, NpgsqlDataReader row) => view.Id(EngineIdKind.Class, row.GetInt64(0));

    public static EngineId LearnerOf(EngineView view, NpgsqlDataReader row) => view.Id(EngineIdKind.Learner, row.GetInt64(1));
}
