using Gateway.Engine.Api;
using Gateway.Engine.Erasures;
using Gateway.Engine.Feed;
using Gateway.Engine.Webhooks;
using Gateway.Identity;

namespace Gateway.Engine;

/// <summary>What the practice engine sees: districts, rosters, changes; and what a district gives it.</summary>
internal static class EngineFeature
{
    public static IServiceCollection AddEngine(this IServiceCollection services) => services
        .AddSingleton<FieldMappings>()
        .AddSingleton<ChangeMapping>()
        .AddSingleton<PreviewMapping>()
        .AddSingleton<EngineChoices>()
        .AddSingleton<RemoveEngine>()
        .AddSingleton<EngineDistricts>()
        .AddSingleton<Trespass>()
        .AddSingleton<ErasureAccess>()
        .AddSingleton<EngineOrders>()
        .AddSingleton<RosterReader>()
        .AddSingleton<RosterAnswers>()
        .AddWebhooks();

    /// <summary>What runs beside requests: in the server, not in a command.</summary>
    public static IServiceCollection AddEngineHosting(this IServiceCollection services) => services
        .AddSingleton<FeedWatch>()
        .AddHostedService(provider => provider.GetRequiredService<FeedWatch>())
        .AddWebhookDelivery();

    public static void MapEngine(this IEndpointRouteBuilder routes)
    {
        var districts = routes.MapGroup("/api/v1/districts");
        RosterRoutes.Map(districts.MapGroup("").RequireScope(EngineApi.RosterRead));
        FeedRoutes.Map(districts.MapGroup("").RequireScope(EngineApi.EventsRead));
        ErasureRoutes.Map(districts.MapGroup("").RequireScope(EngineApi.EventsRead));
    }
}
