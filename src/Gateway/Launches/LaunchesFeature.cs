using Gateway.Hosting;
using Lti;
using Lti.Launches;
using Lti.Messages;
using Lti.Registrations;
using Lti.Security;

namespace Gateway.Launches;

/// <summary>The LTI tool: login, launch, hand-off.</summary>
internal static class LaunchesFeature
{
    public const string LoginPath = "/lti/login";
    public const string LaunchPath = "/lti/launch";

    public static IServiceCollection AddLaunches(this IServiceCollection services)
    {
        services.AddLti(provider => provider.GetRequiredService<AcceptedClaims>(), _ => { });
        services.AddOptions<LtiToolOptions>().Configure<PublicAddress, IHttpClientFactory>((tool, address, http) =>
        {
            tool.RedirectUri = new Uri(address.Url + LaunchPath);
            // Below a path of a site, the site's other pages are not the tool's.
            tool.AllowedTargets.Add(new Uri(address.Url));
            // L-1.9: the district decides, in the admission.
            tool.AllowAnonymousLaunches = true;
            tool.UserAgent = Outbound.UserAgent;
            tool.HttpClient = () => http.CreateClient(OutboundGuard.ClientName);
        });
        return services
            // All that they need lives as long as the process: the library, which cannot know that, makes them for each launch.
            .AddSingleton<AcceptedClaims>()
            .AddSingleton<IClaimPolicy>(s => s.GetRequiredService<AcceptedClaims>())
            .AddSingleton<LoginInitiation>()
            .AddSingleton<LaunchVerifier>()
            .AddSingleton<RegistrationDirectory>()
            .AddSingleton<ForgedTokens>()
            .AddSingleton<RegistrationNotes>()
            .AddSingleton<LineItemOrigins>()
            .AddSingleton<IRegistrationStore>(s => s.GetRequiredService<RegistrationDirectory>())
            .AddSingleton<IStateProtector, SealedState>()
            .AddSingleton<ToolKeys>()
            .AddSingleton<IToolKeyStore>(s => s.GetRequiredService<ToolKeys>())
            .AddSingleton<LegacySecrets>()
            .AddSingleton<ILegacySecretStore>(s => s.GetRequiredService<LegacySecrets>())
            .AddSingleton<KeepLegacySecret>()
            .AddSingleton<LaunchRecord>()
            .AddSingleton<KnownLaunches>()
            .AddSingleton<LaunchRecorder>()
            .AddSingleton<LaunchAdmission>()
            .AddSingleton<HandOff>()
            .AddSingleton<RefusalPage>();
    }

    public static void MapLaunches(this IEndpointRouteBuilder routes)
    {
        var lti = routes.MapGroup("").ExcludeFromDescription();
        lti.MapMethods(LoginPath, [HttpMethods.Get, HttpMethods.Post], LoginEndpoint.HandleAsync).AllowFraming().Limited(RateLimits.Launches, TooMany);
        lti.MapPost(LaunchPath, LaunchEndpoint.HandleAsync).AllowFraming().Limited(RateLimits.Launches, TooMany);
        lti.MapGet(LaunchPath, LaunchEndpoint.Opened).AllowFraming().Limited(RateLimits.Launches, TooMany);
        lti.MapGet(ToolJwksEndpoint.Path, ToolJwksEndpoint.SharedAsync).Limited(RateLimits.Launches);
        lti.MapGet(ToolJwksEndpoint.Path + "/{set:guid}", ToolJwksEndpoint.OfSetAsync).Limited(RateLimits.Launches);
        lti.MapGet(LaunchScript.Path, LaunchScript.Handle);

        static IResult TooMany(HttpContext http) => http.RequestServices.GetRequiredService<RefusalPage>().For(LaunchRefusals.TooMany);
    }
}
