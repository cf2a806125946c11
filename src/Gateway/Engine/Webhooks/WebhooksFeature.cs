using Gateway.Hosting;

namespace Gateway.Engine.Webhooks;

/// <summary>Registers the making and sending of events.</summary>
internal static class WebhooksFeature
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        // The sender has a limit of its own, and reads no body.
        services.AddGuardedClient(WebhookSender.HttpClientName, client => client.Timeout = Timeout.InfiniteTimeSpan);
        return services
            .AddSingleton<WebhookSender>()
            .AddSingleton<WebhookRows>()
            .AddSingleton<DeliverWebhook>()
            .AddSingleton<AnnounceChanges>()
            .AddSingleton<WebhookQueue>()
            .AddSingleton<WebhookEndpoints>()
            .AddSingleton<WebhookEvents>();
    }

    public static IServiceCollection AddWebhookDelivery(this IServiceCollection services) => services.AddHostedService<WebhookService>();
}
