using Gateway.Engine.Webhooks;

namespace Gateway.Engine;

/// <summary>What the practice engine sees: districts, rosters, changes; and what a district gives it.</summary>
internal static class EngineFeature
{
    public static IServiceCollection AddEngine(this IServiceCollection services) => services
        .AddSingleton<FieldMappings>()
        .AddWebhooks();

    /// <summary>What runs beside requests: in the server, not in a command.</summary>
    public static IServiceCollection AddEngineHosting(this IServiceCollection services) => services
        .AddWebhookDelivery();
}
