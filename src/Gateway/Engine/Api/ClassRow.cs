using Gateway.Privacy;
using Npgsql;

namespace Gateway.Engine.Api;

/// <summary>How a class is asked for and read, in a list and alone.</summary>
internal static class ClassRow
{
    public static readonly string[] Fields = ["id", "title", "subjects", "grades", "school", "terms", "endedOn"];

    /// <summary>The columns of a class <c>c</c>, its number first.</summary>
    public static string Columns(EngineView view) => string.Join(
        ", ",
        "c.id",
        view.Column("title", "c.title", SharedField.ClassTitle),
        view.Column("subjects", "c.subjects", SharedField.Subjects),
        view.Column("grades", "c.grades", SharedField.Grades),
        view.Column("school", "c.school_id", SharedField.School),
        view.Column("terms", "c.term_ids", SharedField.TermDates),
        view.Column("endedOn", "c.ended_on"));

    public static ClassResource Read(EngineView view, NpgsqlDataReader row) => new(
        view.Wants("id") ? view.Id(EngineIdKind.Class, row.GetInt64(0)) : null,
        Keyset.At<string>(row, 1),
        Keyset.At<string[]>(row, 2),
        view.Grades(Keyset.At<string[]>(row, 3)),
        row.IsDBNull(4) ? null : view.Id(EngineIdKind.School, row.GetInt64(4)),
        Keyset.At<long[]>(row, 5) is { } terms ? [.. terms.Select(term => view.Id(EngineIdKind.Term, term))] : null,
        Keyset.DayAt(row, 6));
}
