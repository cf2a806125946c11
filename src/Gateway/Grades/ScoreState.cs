namespace Gateway.Grades;

/// <summary>How a score stands, as the table writes it.</summary>
internal static class ScoreState
{
    /// <summary>It waits for a try.</summary>
    public const string Pending = "pending";

    /// <summary>It is in the gradebook.</summary>
    public const string Delivered = "delivered";

    /// <summary>It was refused or given up: somebody has to change something.</summary>
    public const string Parked = "parked";

    /// <summary>It is not sent, because a newer one of the same learner and column takes its place.</summary>
    public const string Superseded = "superseded";

    public static IReadOnlyList<string> All { get; } = [Pending, Delivered, Parked, Superseded];
}
