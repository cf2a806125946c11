using System.Globalization;
using System.Text;
using CsvHelper;
using OneRoster.Csv;
using OneRoster.Model;
using static OneRoster.Validation.FindingSeverity;

namespace OneRoster.Validation.Checks;

/// <summary>Holds a header against the specification: every difference is found, not the first. Names from outside are compared as bytes and never shown.</summary>
internal sealed class HeaderInspection(RosterCollection collection, OneRosterVersion version)
{
    private readonly IReadOnlyList<SpecColumn> spec = SpecColumn.Of(collection, version);
    private readonly IReadOnlyList<CsvColumn> read = CsvSchema.Columns(collection, version);
    private readonly Dictionary<string, int> places = [];
    private bool usable = true;

    /// <summary>The columns that are there, with their places.</summary>
    /// <returns>Null if the file cannot be read.</returns>
    public (SpecColumn Column, int Index)[]? Take(CsvReader header, FindingSite site)
    {
        for (var i = 0; i < CsvHeader.CountOf(header); i++)
            TakeName(CsvHeader.NameAt(header, i), i, site);
        foreach (var column in spec.Where(column => !places.ContainsKey(column.Name)))
            Miss(column.Name, site);
        var order = spec.Where(column => places.ContainsKey(column.Name)).Select(column => places[column.Name]).ToList();
        if (!order.SequenceEqual(order.Order()))
            Report(site, RosterRules.ColumnOrder, Warning, null);
        return usable ? [.. spec.Where(column => places.ContainsKey(column.Name)).Select(column => (column, places[column.Name]))] : null;
    }

    private void TakeName(ReadOnlySpan<byte> name, int index, FindingSite site)
    {
        foreach (var column in spec)
        {
            var alias = read.FirstOrDefault(candidate => candidate.Name == column.Name)?.Utf8Alias;
            var byAlias = alias is { Length: > 0 } && Ascii.EqualsIgnoreCase(name, alias);
            if (!byAlias && !Ascii.EqualsIgnoreCase(name, column.Utf8Name))
                continue;
            if (!places.TryAdd(column.Name, index))
            {
                usable = false;
                Report(site, RosterFailures.ColumnTwice, RowDropped, column.Name);
            }
            else if (byAlias)
            {
                Report(site, RosterRules.ColumnAlias, Warning, column.Name);
            }
            else if (!name.SequenceEqual(column.Utf8Name))
            {
                Report(site, RosterRules.ColumnCase, Warning, column.Name);
            }

            return;
        }

        if (name.Length <= 9 || !Ascii.EqualsIgnoreCase(name[..9], "metadata."u8))
            Report(site, RosterRules.ColumnUnknown, Warning, string.Create(CultureInfo.InvariantCulture, $"#{index + 1}"));
    }

    private void Miss(string name, FindingSite site)
    {
        var required = read.Any(column => column.Name == name && column.Required);
        usable &= !required;
        Report(site, required ? RosterFailures.ColumnMissing : RosterRules.ColumnAbsent, required ? RowDropped : Warning, name);
    }

    private static void Report(FindingSite site, string rule, FindingSeverity severity, string? column) =>
        site.Report(rule, severity, column, RosterRuleCatalogue.Find(rule)!.WhatToDo);
}
