namespace Gateway.Privacy.Disclosure;

/// <summary>Every table, those about people first.</summary>
internal static class RecordedTables
{
    public static IReadOnlyList<RecordedTable> All { get; } = [.. PeopleTables.All, .. SchoolTables.All, .. OwnTables.All];
}
