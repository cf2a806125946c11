using Gateway.Hosting;
using Gateway.Privacy;
using Lti;
using Lti.Registrations;
using Lti.Security;

namespace Gateway.Launches;

/// <summary>The LTI tool: login, launch, hand-off.</summary>
internal static class LaunchesFeature
{
    public const string LaunchPath = "/lti/launch";

    public static IServiceCollection AddLaunches(this IServiceCollection services)
    {
        services.AddLti(LaunchAllowList.ForReading, _ => { });
        services.AddOptions<LtiToolOptions>().Configure<PublicAddress, IHttpClientFactory>((tool, address, http) =>
        {
            tool.RedirectUri = new Uri(address.Url + LaunchPath);
            tool.UserAgent = Outbound.UserAgent;
            tool.HttpClient = () => http.CreateClient(OutboundGuard.ClientName);
        });
        return services
            .AddSingleton<RegistrationDirectory>()
            .AddSingleton<IRegistrationStore>(s => s.GetRequiredService<RegistrationDirectory>())
            .AddSingleton<IStateProtector, SealedState>()
            .AddSingleton<IToolKeyStore, ToolKeys>()
            .AddSingleton<LaunchRecord>()
            .AddSingleton<LaunchAdmission>()
            .AddSingleton<HandOff>()
            .AddSingleton<RefusalPage>();
    }

    public static void MapLaunches(this IEndpointRouteBuilder routes)
    {
        var lti = routes.MapGroup("/lti").ExcludeFromDescription();
        lti.MapMethods("/login", [HttpMethods.Get, HttpMethods.Post], LoginEndpoint.HandleAsync);
        lti.MapPost("/launch", LaunchEndpoint.HandleAsync);
        lti.MapGet("/jwks", ToolJwksEndpoint.HandleAsync);
    }
}
