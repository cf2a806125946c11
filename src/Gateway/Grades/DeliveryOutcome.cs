namespace Gateway.Grades;

/// <summary>What a try led to.</summary>
/// <param name="State"><see cref="ScoreState.Delivered"/>, <see cref="ScoreState.Parked"/>, or <see cref="ScoreState.Pending"/> with a next try.</param>
/// <param name="Code">Why it is not delivered.</param>
internal sealed record DeliveryOutcome(string State, string? Code)
{
    public static readonly DeliveryOutcome Delivered = new(ScoreState.Delivered, null);

    /// <summary>The platform's HTTP status, when it answered.</summary>
    public int? Status { get; init; }

    /// <summary>The platform's reason in the library's words, for the administrator.</summary>
    public string? Reason { get; init; }

    /// <summary>When to try again.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Whether this try may have reached the platform without an answer.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>Whether the next try goes with its own time.</summary>
    public bool Resend { get; init; }

    public static DeliveryOutcome Parked(string code) => new(ScoreState.Parked, code);

    public static DeliveryOutcome Later(string code, DateTimeOffset at) => new(ScoreState.Pending, code) { NextAttemptAt = at };
}
