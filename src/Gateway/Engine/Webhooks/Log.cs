namespace Gateway.Engine.Webhooks;

/// <summary>What webhooks say in the log: ids of events, registered engines, states and codes.</summary>
internal static partial class Log
{
    [LoggerMessage(3301, LogLevel.Information, "Webhook event {Id} for engine {Client} is {State} {Code}.")]
    public static partial void EventTried(this ILogger log, Guid id, string client, string state, string? code);

    [LoggerMessage(3302, LogLevel.Error, "Webhook event {Id} met an error inside the gateway ({Type}); it is put off.")]
    public static partial void EventFailed(this ILogger log, Guid id, string type);

    [LoggerMessage(3303, LogLevel.Warning, "Webhooks could not be worked on ({Reason}); trying again.")]
    public static partial void WebhooksFailed(this ILogger log, string reason);
}
