namespace Gateway.Privacy.Retention;

/// <summary>
/// A district whose contract is over (P-2.8): 30 days in which it can export, then everything, its key first (<see cref="DistrictClosure"/>).
/// No other rule is kept in it from then on.
/// </summary>
internal sealed class EndedDistrictRule() : RetentionRule(
    "districts", "P-2.8", "everything of a district whose contract is over, its key first", "30 days after the contract's last day, within 30 days more", "district")
{
    /// <summary>Days after the contract's last day in which the district can export.</summary>
    public const int DaysToExport = 30;

    public static EndedDistrictRule Instance { get; } = new();

    /// <summary>Whether it is time: a contract that ended on the 1st is over for good on the 32nd day from then.</summary>
    public static bool IsDue(DateOnly? contractEnd, DateOnly today) => contractEnd is { } end && end.AddDays(DaysToExport) < today;
}
