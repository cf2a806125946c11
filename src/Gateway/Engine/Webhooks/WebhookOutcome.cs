namespace Gateway.Engine.Webhooks;

/// <summary>What a try led to.</summary>
/// <param name="State"><c>delivered</c>, <c>dead</c>, or <c>pending</c> with a next try.</param>
/// <param name="Code">Why it is not delivered (<see cref="WebhookCodes"/>).</param>
/// <param name="Status">The receiver's HTTP status, when it answered.</param>
/// <param name="NextAttemptAt">When to try again.</param>
internal sealed record WebhookOutcome(string State, string? Code, int? Status, DateTimeOffset? NextAttemptAt)
{
    public static WebhookOutcome Delivered(int status) => new("delivered", null, status, null);

    public static WebhookOutcome Dead(string code, int? status) => new("dead", code, status, null);

    public static WebhookOutcome Later(string code, int? status, DateTimeOffset at) => new("pending", code, status, at);
}
