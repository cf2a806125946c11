namespace Gateway.Grades;

/// <summary>What a try led to.</summary>
/// <param name="State"><c>delivered</c>, <c>parked</c>, or <c>pending</c> with a next try.</param>
/// <param name="Code">Why it is not delivered.</param>
/// <param name="Reason">The platform's reason in the library's words, for the administrator.</param>
/// <param name="NextAttemptAt">When to try again.</param>
internal sealed record DeliveryOutcome(string State, string? Code, string? Reason, DateTimeOffset? NextAttemptAt)
{
    public static readonly DeliveryOutcome Delivered = new("delivered", null, null, null);

    public static DeliveryOutcome Parked(string code, string? reason = null) => new("parked", code, reason, null);

    public static DeliveryOutcome Later(string code, DateTimeOffset at) => new("pending", code, null, at);
}
