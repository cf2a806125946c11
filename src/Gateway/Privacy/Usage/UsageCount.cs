namespace Gateway.Privacy.Usage;

/// <summary>How many people of a month were in a group; exact, and not to be shown.</summary>
internal sealed record UsageCount(DateOnly Month, string By, string Group, long People);

/// <summary>Makes a report of exact counts.</summary>
internal static class UsageTable
{
    /// <summary>The grouping that holds everybody in one group.</summary>
    public const string Everybody = "everybody";

    /// <param name="months">Every month of the report, also one without anybody.</param>
    /// <param name="counts">What was counted.</param>
    /// <param name="groups">The groups of each grouping, also those without anybody: that one is not listed would say that nobody was in it.</param>
    public static UsageReport Of(IReadOnlyList<DateOnly> months, IReadOnlyList<UsageCount> counts, IReadOnlyList<(string By, IReadOnlyList<string> Groups)> groups) => new(
    [
        .. months.Select(month => new UsageMonth(
            month,
            Withholding.Shown(counts.CountOf(month, Everybody, "")),
            [.. groups.Select(by => new UsageGroups(by.By, Withholding.Of([.. by.Groups.Select(group => (group, counts.CountOf(month, by.By, group)))])))])),
    ]);

    private static long CountOf(this IReadOnlyList<UsageCount> counts, DateOnly month, string by, string group) =>
        counts.Where(count => count.Month == month && count.By == by && count.Group == group).Sum(count => count.People);
}
