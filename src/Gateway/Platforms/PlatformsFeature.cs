using Gateway.Hosting;
using Gateway.Platforms.Registering;

namespace Gateway.Platforms;

/// <summary>Registering the tool with learning platforms: by hand, by Canvas's JSON, by the platform itself.</summary>
internal static class PlatformsFeature
{
    public static IServiceCollection AddPlatforms(this IServiceCollection services) => services
        .AddSingleton<ToolFacts>()
        .AddSingleton<PlatformValues>()
        .AddSingleton<RegistrationRows>()
        .AddSingleton<AddPlatform>()
        .AddSingleton<AddDeployment>()
        .AddSingleton<ListPlatforms>()
        .AddSingleton<ApprovePlatform>()
        .AddSingleton<RemovePlatform>()
        .AddSingleton<CheckPlatform>()
        .AddSingleton<Invitations>()
        .AddSingleton<SpentInvitations>()
        .AddSingleton<RegistrationDrafts>()
        .AddSingleton<BeginRegistration>()
        .AddSingleton<CompleteRegistration>()
        .AddSingleton<RegistrationPages>();

    public static void MapPlatforms(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").ExcludeFromDescription().Limited(RateLimits.Registrations);
        group.MapGet(CanvasConfigurationEndpoint.Path, CanvasConfigurationEndpoint.Handle);
        group.MapGet(RegisterEndpoint.Path, RegisterEndpoint.ShowAsync);
        group.MapPost(RegisterEndpoint.Path, RegisterEndpoint.RegisterAsync);
        group.MapGet(RegisterEndpoint.ScriptPath, RegisterEndpoint.Script);
    }
}
