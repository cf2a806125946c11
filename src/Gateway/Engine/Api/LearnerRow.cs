using Gateway.Privacy;
using Npgsql;

namespace Gateway.Engine.Api;

/// <summary>How a learner is asked for and read, in a list and alone.</summary>
internal static class LearnerRow
{
    public static readonly string[] Fields = ["id", "role", "grades", "endedOn"];

    /// <summary>The columns of a learner <c>l</c>, the number first.</summary>
    public static string Columns(EngineView view) => string.Join(
        ", ",
        "l.id",
        view.Column("role", "l.role", SharedField.Role),
        view.Column("grades", "l.grades", SharedField.Grades),
        view.Column("endedOn", "l.roster_ended"));

    public static LearnerResource Read(EngineView view, NpgsqlDataReader row) => new(
        view.Wants("id") ? view.Id(EngineIdKind.Learner, row.GetInt64(0)) : null,
        view.Role(Keyset.At<string>(row, 1)),
        view.Grades(Keyset.At<string[]>(row, 2)),
        Keyset.DayAt(row, 3));
}
