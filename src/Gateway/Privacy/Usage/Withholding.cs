namespace Gateway.Privacy.Usage;

/// <summary>
/// What may be shown of counts of people (P-4.4, docs/adr/0040). A group under ten is withheld. Where one is, others go with it, the smallest
/// first, until two are withheld and they are ten together: so neither a group nor what is withheld can be told from the total. What is shown is rounded
/// down to tens: so what two months, or a total and its parts, differ by is not a number of people.
/// </summary>
internal static class Withholding
{
    /// <summary>The count as it is shown; null: withheld.</summary>
    public static long? Shown(long people) => people < UsageReport.SmallestGroup ? null : people - (people % UsageReport.SmallestGroup);

    /// <summary>The groups of a total, as they may be shown together with it.</summary>
    public static IReadOnlyList<UsageGroup> Of(IReadOnlyList<(string Group, long People)> groups)
    {
        var withheld = new HashSet<string>(StringComparer.Ordinal);
        long together = 0;
        foreach (var (group, people) in groups.OrderBy(group => group.People).ThenBy(group => group.Group, StringComparer.Ordinal))
        {
            // One alone is fewer than ten: the first that is withheld always takes another with it.
            if (people >= UsageReport.SmallestGroup && (withheld.Count == 0 || together >= UsageReport.SmallestGroup))
                break;
            withheld.Add(group);
            together += people;
        }

        return [.. groups.Select(group => new UsageGroup(group.Group, withheld.Contains(group.Group) ? null : Shown(group.People)))];
    }

    /// <summary>
    /// A sum over districts, each of which knows its own part: what is left without that part must be nobody, or ten.
    /// </summary>
    public static bool IsSafe(IReadOnlyCollection<long> parts)
    {
        var total = parts.Sum();
        return parts.All(part => total - part is 0 or >= UsageReport.SmallestGroup);
    }
}
