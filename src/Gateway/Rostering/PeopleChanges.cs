namespace Gateway.Rostering;

/// <summary>People whom a roster makes one, or two again: a kind of change of its own, with limits of its own (S-1).</summary>
/// <param name="Merged">How many become part of another: known ones, and records that came new.</param>
/// <param name="Split">How many joins of the last 30 days the roster no longer says.</param>
/// <param name="Of">How many users of the roster are students or teachers.</param>
internal sealed record PeopleChanges(long Merged, long Split, long Of)
{
    public static PeopleChanges None { get; } = new(0, 0, 0);

    public bool Any => Merged > 0 || Split > 0;

    /// <summary>Why a person has to look first, if one has.</summary>
    public IReadOnlyList<RosterWaitReason> Reasons(RosterSettings settings)
    {
        var reasons = new List<RosterWaitReason>();
        Add(RosterCodes.MergesTooMany, Merged);
        Add(RosterCodes.SplitsTooMany, Split);
        return reasons;

        void Add(string code, long count)
        {
            var percent = Of == 0 ? 0 : 100m * count / Of;
            if (count > 0 && (percent > settings.MergedPercent || count > settings.MergedPeople))
                reasons.Add(new(code, "user", Math.Round(percent, 2), settings.MergedPercent) { Count = count, Most = settings.MergedPeople });
        }
    }

    /// <summary>The same in a ledger of changes.</summary>
    public IEnumerable<RosterChangeCount> Counts() =>
        from change in new[] { new RosterChangeCount("learner", "merged", Merged), new RosterChangeCount("learner", "split", Split) }
        where change.Count > 0
        select change;
}
