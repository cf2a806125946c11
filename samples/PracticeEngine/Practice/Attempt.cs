namespace Samples.PracticeEngine.Practice;

/// <summary>Answers that were given, and how far their score has come.</summary>
internal sealed record Attempt(string Key, int Given, int Maximum, DateTimeOffset At)
{
    /// <summary>The gateway's id of the score, once it has taken it.</summary>
    public string? ScoreId { get; init; }

    /// <summary><c>not_graded</c>, <c>not_sent</c>, or what the gateway says: <c>pending</c>, <c>delivered</c>, and so on.</summary>
    public string State { get; init; } = "not_graded";
}
