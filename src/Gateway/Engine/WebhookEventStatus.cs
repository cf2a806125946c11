namespace Gateway.Engine;

/// <summary>How an event stands.</summary>
/// <param name="Id">The <c>webhook-id</c>.</param>
/// <param name="District">The slug of the district that it is about.</param>
/// <param name="Type">Such as <c>roster.changed</c>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="State"><c>pending</c>, <c>delivered</c> or <c>dead</c>.</param>
/// <param name="Attempts">Tries since it was made or made due anew.</param>
/// <param name="NextAttemptAt">When it is tried next, while pending.</param>
/// <param name="FinishedAt">When it was delivered or given up.</param>
/// <param name="LastStatus">The receiver's HTTP status at the last try, when it answered.</param>
/// <param name="Code">Why the last try did not deliver.</param>
internal sealed record WebhookEventStatus(
    Guid Id,
    string District,
    string Type,
    DateTimeOffset CreatedAt,
    string State,
    int Attempts,
    DateTimeOffset NextAttemptAt,
    DateTimeOffset? FinishedAt,
    int? LastStatus,
    string? Code);
