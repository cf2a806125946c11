using Gateway.Hosting;
using Gateway.Platforms.Registering;
using Gateway.Privacy;
using Lti.Launches;

namespace Gateway.Platforms;

/// <summary>Registering the tool with learning platforms: by hand, by Canvas's JSON, by the platform itself.</summary>
internal static class PlatformsFeature
{
    public const string RegistrationPath = RegisterEndpoint.Path;

    public static IServiceCollection AddPlatforms(this IServiceCollection services) => services
        .AddSingleton<ToolFacts>()
        .AddSingleton<PlatformValues>()
        .AddSingleton<RegistrationRows>()
        .AddSingleton<AddPlatform>()
        .AddSingleton<TokenAudienceOwners>()
        .AddSingleton<RegisterAgain>()
        .AddSingleton<KeepAddresses>()
        .AddSingleton<PlatformClocks>()
        .AddSingleton<IPlatformClocks>(s => s.GetRequiredService<PlatformClocks>())
        .AddSingleton<IMovedRegistrationRules, MovedRegistrationRules>()
        .AddSingleton<AddDeployment>()
        .AddSingleton<ChooseSisSource>()
        .AddSingleton<RemoveDeployment>()
        .AddSingleton<LearnDeployments>()
        .AddSingleton<SetLineItemOrigin>()
        .AddSingleton<ToolKeySets>()
        .AddSingleton<PlatformKey>()
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

    public static IServiceCollection AddPlatformsHosting(this IServiceCollection services) => services.AddHostedService<PlatformClockService>();

    public static void MapPlatforms(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").ExcludeFromDescription().Limited(RateLimits.Registrations);
        group.MapGet(CanvasConfigurationEndpoint.Path, CanvasConfigurationEndpoint.HandleAsync);
        group.MapGet(CanvasConfigurationEndpoint.FormerPath, CanvasConfigurationEndpoint.Former);
        group.MapGet(RegisterEndpoint.Path, RegisterEndpoint.ShowAsync).AllowFraming();
        group.MapPost(RegisterEndpoint.Path, RegisterEndpoint.RegisterAsync).AllowFraming();
        group.MapGet(RegisterEndpoint.ScriptPath, RegisterEndpoint.Script);
    }
}
