using CsvHelper;
using OneRoster.Csv;
using OneRoster.Model;

namespace OneRoster.Validation.Checks;

/// <summary>
/// Looks at the columns that the reader does not read, and at what it does not mind, as bytes: whether they are filled, how they are
/// written. Nothing of them becomes text.
/// </summary>
internal sealed class RecordInspection(RosterCollection collection, OneRosterVersion version, IForeignIds foreign) : IRecordInspector
{
    private (SpecColumn Column, int Index)[] columns = [];

    /// <summary>The hash of the current record's own id; 0 when it has none.</summary>
    public ulong Id { get; private set; }

    /// <summary>Before the next record, which may be one that is not looked at.</summary>
    public void Forget() => Id = 0;

    public bool TakeHeader(CsvReader header, FindingSite site)
    {
        var found = new HeaderInspection(collection, version).Take(header, site);
        columns = [.. (found ?? []).Where(column => column.Column.Kind != SpecKind.Plain)];
        return found is not null;
    }

    public void TakeRecord(CsvReader record, RowFields fields, FindingSite site)
    {
        foreach (var (column, index) in columns)
        {
            var value = index < record.FieldCount ? record.GetSpan(index).Trim(" \t\r\n"u8) : default;
            if (index == columns[0].Index && column.Name == "sourcedId" && !value.IsEmpty)
                Id = IdHash.Of(value);
            Look(column, value, site);
        }
    }

    private void Look(SpecColumn column, ReadOnlySpan<byte> value, FindingSite site)
    {
        if (value.IsEmpty)
        {
            if (column.Kind == SpecKind.Filled)
                Report(site, RosterRules.UnreadValueMissing, column);
            return;
        }

        switch (column.Kind)
        {
            case SpecKind.Filled when value.Length > PlainText.Longest:
                Report(site, RosterRules.TextTooLong, column);
                break;
            case SpecKind.Filled when !PlainText.Is(value):
                Report(site, RosterRules.TextCharacters, column);
                break;
            case SpecKind.Id when !Written.AsId(value):
                Report(site, RosterRules.IdCharacters, column);
                break;
            case SpecKind.CourseYear:
                foreign.TakeCourseYear(IdHash.Of(value), site.Line ?? 0);
                break;
            case SpecKind.Ids or SpecKind.Texts or SpecKind.Grades or SpecKind.Agents:
                LookAtList(column, value, site);
                break;
            case SpecKind.Date when value.Length > 10 && value[10] == (byte)'T':
                Report(site, RosterRules.DateWithTime, column);
                break;
            case SpecKind.Time when !Written.AsUtc(value):
                Report(site, RosterRules.TimeInvalid, column);
                break;
            case SpecKind.Password:
                Report(site, RosterRules.PasswordSent, column);
                break;
        }
    }

    private void LookAtList(SpecColumn column, ReadOnlySpan<byte> list, FindingSite site)
    {
        var (formed, graded, values) = (column.Kind == SpecKind.Texts || list.IndexOfAny(";|[]{}"u8) < 0, true, 0);
        foreach (var range in list.Split((byte)','))
        {
            var item = list[range].Trim(" \t\r\n"u8);
            formed &= !item.IsEmpty;
            values += item.IsEmpty ? 0 : 1;
            graded &= item.IsEmpty || column.Kind != SpecKind.Grades || Written.AsGrade(item);
            if (column.Kind == SpecKind.Agents && !item.IsEmpty)
                foreign.TakeAgent(IdHash.Of(item), site.Line ?? 0);
        }

        if (values > PlainText.MostValues && column.Kind is SpecKind.Texts or SpecKind.Grades)
            Report(site, RosterRules.ListTooLong, column);
        if (!formed)
            Report(site, RosterRules.ListMalformed, column);
        else if (!graded)
            Report(site, RosterRules.GradeUnknown, column);
    }

    private static void Report(FindingSite site, string rule, SpecColumn column) =>
        site.Report(rule, FindingSeverity.Warning, column.Name, RosterRuleCatalogue.Find(rule)!.WhatToDo);
}
