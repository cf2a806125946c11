namespace Gateway.Privacy;

/// <summary>What the clock deleted, or in a dry run would delete.</summary>
/// <param name="DryRun">Whether nothing was deleted.</param>
/// <param name="Counts">Every rule, with its count.</param>
/// <param name="Closed">The slugs of districts that were deleted because their contract is over, or would be.</param>
/// <param name="Failed">How many districts could not be looked after; the log has the reasons, the next run tries again.</param>
internal sealed record RetentionReport(bool DryRun, IReadOnlyList<RetentionCount> Counts, IReadOnlyList<string> Closed, int Failed);

/// <summary>How many records went under a rule; what belongs to a record (a learner's launches) is not counted again.</summary>
internal sealed record RetentionCount(string Rule, string Requirement, string What, string When, long Count);
