using System.Text;
using CsvHelper;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Csv;

/// <summary>Where in a file's records the readable columns are.</summary>
internal sealed class CsvHeader
{
    private CsvHeader((CsvColumn Column, int Index)[] columns, int count) => (Columns, Count) = (columns, count);

    public (CsvColumn Column, int Index)[] Columns { get; }

    /// <summary>The column <c>dateLastModified</c>, of which is looked at whether it is filled and no more.</summary>
    public int? DateModified { get; private init; }

    /// <summary>The number of columns, unknown ones included.</summary>
    public int Count { get; }

    /// <summary>Finds the columns in the current record, by name in any order; other columns stay unread.</summary>
    /// <exception cref="RosterSourceException">A required column is missing, or a column is there twice.</exception>
    public static CsvHeader Bind(CsvReader header, IEnumerable<CsvColumn> wanted, RosterCollection collection, FindingSite? site)
    {
        var columns = new List<(CsvColumn, int)>();
        foreach (var column in wanted)
        {
            if (Find(header, column, collection, site) is { } index)
                columns.Add((column, index));
            else if (column.Required)
                throw Fail(RosterFailures.ColumnMissing, collection, $"the column {column.Name} is missing");
        }

        int? date = null;
        for (var i = 0; i < header.FieldCount; i++)
            if (Ascii.EqualsIgnoreCase(NameAt(header, i), "dateLastModified"u8))
                date ??= i;
        return new CsvHeader([.. columns], CountOf(header)) { DateModified = date };
    }

    /// <summary>The number of columns: a trailing delimiter makes a last one without a name, which is none.</summary>
    public static int CountOf(CsvReader header)
    {
        var count = header.FieldCount;
        while (count > 0 && header.IsEmpty(count - 1))
            count--;
        return count;
    }

    public static ReadOnlySpan<byte> NameAt(CsvReader header, int index) => header.GetSpan(index).Trim(" \t"u8);

    private static int? Find(CsvReader header, CsvColumn column, RosterCollection collection, FindingSite? site)
    {
        int? found = null;
        for (var i = 0; i < header.FieldCount; i++)
        {
            var name = NameAt(header, i);
            var alias = column.Alias is not null && Ascii.EqualsIgnoreCase(name, column.Utf8Alias);
            if (!alias && !Ascii.EqualsIgnoreCase(name, column.Utf8Name))
                continue;
            if (found is not null)
                throw Fail(RosterFailures.ColumnTwice, collection, $"the column {column.Name} is there twice");
            found = i;
            if (alias)
                site?.Report(RosterRules.ColumnAlias, FindingSeverity.Warning, column.Name, "Name the column as the specification does.");
            else if (!name.SequenceEqual(column.Utf8Name))
                site?.Report(RosterRules.ColumnCase, FindingSeverity.Warning, column.Name, "Spell the column as the specification does.");
        }

        return found;
    }

    public static RosterSourceException Fail(string code, RosterCollection collection, string reason) =>
        new(code, collection, reason, file: CsvSchema.FileOf(collection), line: 1);
}
