namespace Gateway.Privacy;

/// <summary>How many people used the product, in tens (P-4.4).</summary>
/// <param name="Months">Complete months, the oldest first.</param>
internal sealed record UsageReport(IReadOnlyList<UsageMonth> Months)
{
    /// <summary>Smaller groups are withheld.</summary>
    public const int SmallestGroup = 10;
}

/// <summary>A month: all people, and the same people by group, one way of grouping after another.</summary>
internal sealed record UsageMonth(DateOnly Month, long? People, IReadOnlyList<UsageGroups> By);

/// <summary>The people of a month, each in one group.</summary>
/// <param name="Name">role, school or class-size.</param>
/// <param name="Groups">Every group that there could be.</param>
internal sealed record UsageGroups(string Name, IReadOnlyList<UsageGroup> Groups);

/// <summary>At least so many people, in tens; null: withheld.</summary>
internal sealed record UsageGroup(string Group, long? People);
