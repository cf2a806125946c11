using Gateway.Identity.Bearer;
using Gateway.Identity.Token;
using Gateway.Storage.DataProtection;
using Microsoft.AspNetCore.Authentication;

namespace Gateway.Identity;

/// <summary>The OpenID provider for engines.</summary>
internal static class IdentityFeature
{
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton<SignInTickets>();
        services.AddSingleton<EngineHandOff>();
        services.AddSingleton<EngineClients>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<AccessTokens>();

        // Authentication brings data protection along, whose keys must not end up in a home directory.
        services.AddSealedDataProtection();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.Scheme, configureOptions: null);
        services.AddAuthorization();
        return services;
    }

    public static IEndpointRouteBuilder MapIdentity(this IEndpointRouteBuilder endpoints)
    {
        return endpoints;
    }
}
