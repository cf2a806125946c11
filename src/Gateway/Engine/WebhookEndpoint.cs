namespace Gateway.Engine;

/// <summary>An engine's webhook, for operators.</summary>
/// <param name="ClientId">The engine.</param>
/// <param name="Url">Where events are sent.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="DisabledAt">Since when nothing is sent; null: it is in use.</param>
/// <param name="DisabledCode">Why: <c>webhook.gone</c>.</param>
/// <param name="PreviousSecretUntil">Until when the secret before the last rotation signs too.</param>
/// <param name="Pending">Events that wait for a try.</param>
/// <param name="Delivered">Events of the last 30 days that were taken.</param>
/// <param name="Dead">Events of the last 90 days that were given up.</param>
/// <param name="Newest">The event made last, and how it stands.</param>
internal sealed record WebhookEndpoint(
    string ClientId,
    string Url,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DisabledAt,
    string? DisabledCode,
    DateTimeOffset? PreviousSecretUntil,
    long Pending,
    long Delivered,
    long Dead,
    WebhookEventStatus? Newest);

/// <summary>What a change led to: the webhook as it is now, and the secret if a new one was made. It is shown this once.</summary>
internal sealed record ChangedWebhook(WebhookEndpoint Endpoint, string? NewSecret)
{
    public override string ToString() => nameof(ChangedWebhook);
}
