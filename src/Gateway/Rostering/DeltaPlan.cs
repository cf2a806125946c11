using Gateway.Storage.Model;

namespace Gateway.Rostering;

/// <summary>Whether a run asks for changes only, and since when .</summary>
internal static class DeltaPlan
{
    /// <summary>What a server deletes for good it does not tell: so everything is compared at least this often.</summary>
    private static readonly TimeSpan BetweenFullPulls = TimeSpan.FromDays(7);

    /// <summary>A nightly run a little earlier in the night than the one a week ago must not wait another day.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromHours(12);

    /// <summary>For clocks that differ, and for changes that were under way when the last pull began.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(15);

    /// <param name="source">With when it was last pulled.</param>
    /// <param name="mappedAt">When the district last changed what it gives to an engine; null where it never did.</param>
    /// <param name="now">The time.</param>
    /// <returns>Since when changes are asked for; null for everything.</returns>
    public static DateTimeOffset? ChangedSince(RosterSource source, DateTimeOffset? mappedAt, DateTimeOffset now)
    {
        if (!source.Delta || source.LastFullAt is not { } full || source.LastPullAt is not { } last)
            return null;

        // A field that was switched on since has been read of nobody.
        if (mappedAt >= full)
            return null;

        // A clock that was set back says nothing about what has passed.
        if (full > now || last > now || now - full >= BetweenFullPulls - Early)
            return null;
        return last - Overlap;
    }
}
