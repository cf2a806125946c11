using Gateway.Hosting;
using Gateway.Identity.Authorize;
using Gateway.Identity.Bearer;
using Gateway.Identity.Discovery;
using Gateway.Identity.Token;
using Gateway.Identity.Token.Clients;
using Gateway.Identity.UserInfo;
using Gateway.Storage.DataProtection;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;

namespace Gateway.Identity;

/// <summary>The OpenID provider for engines.</summary>
internal static class IdentityFeature
{
    public const string DiscoveryPath = "/.well-known/openid-configuration";
    public const string JwksPath = "/connect/jwks";
    public const string AuthorizePath = "/connect/authorize";
    public const string TokenPath = "/connect/token";
    public const string UserInfoPath = "/connect/userinfo";
    private const int LargestForm = 64 * 1024;

    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton<SignInTickets>();
        services.AddSingleton<EngineHandOff>();
        services.AddSingleton<HandOffCookie>();
        services.AddSingleton<EngineClients>();
        services.AddSingleton<EngineRegistration>();
        services.AddSingleton<AcceptAgreement>();
        services.AddSingleton<ChangeCredentials>();
        services.AddSingleton<ChangeAddresses>();
        services.AddSingleton<SuspendEngine>();
        services.AddSingleton<SigningKeyRows>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<SigningKeyRotation>();

        services.AddSingleton<Authorization>();
        services.AddSingleton<IdTokenHints>();
        services.AddSingleton<AuthorizationCodes>();
        services.AddSingleton<TokenRequests>();
        services.AddSingleton<ClientAuthentication>();
        services.AddSingleton<ClientAssertions>();
        services.AddSingleton<SpentAssertions>();
        services.AddSingleton<AuthorizationCodeGrant>();
        services.AddSingleton<ClientCredentialsGrant>();
        services.AddSingleton<SpentLaunches>();
        services.AddSingleton<IdTokens>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<KnownTokens>();
        services.AddSingleton<SignInAccessTokens>();
        services.AddSingleton<RevokedSignIns>();
        services.AddSingleton<UserInfoAccess>();

        // Authentication brings data protection along, whose keys must not end up in a home directory.
        services.AddSealedDataProtection();
        // Without a default (runtimeconfig.template.json): a token is looked at where an endpoint asks for one, and a launch does not pay for it.
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, configureOptions: null);
        services.AddAuthorization();
        return services;
    }

    public static IEndpointRouteBuilder MapIdentity(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("").ExcludeFromDescription();
        group.MapGet(DiscoveryPath, DiscoveryEndpoint.Handle).Limited(RateLimits.Launches);
        group.MapGet(JwksPath, JwksEndpoint.HandleAsync).Limited(RateLimits.Launches);
        // The engine's sign-in happens where the launch happened: often in the platform's frame.
        group.MapMethods(AuthorizePath, [HttpMethods.Get, HttpMethods.Post], AuthorizeEndpoint.HandleAsync).AllowFraming()
            .WithMetadata(new RequestSizeLimitAttribute(LargestForm)).Limited(RateLimits.Launches);
        group.MapPost(TokenPath, TokenEndpoint.HandleAsync).WithMetadata(new RequestSizeLimitAttribute(LargestForm), new CountsGuesses())
            .Limited(RateLimits.Launches, TokenEndpoint.TooMany);
        group.MapMethods(UserInfoPath, [HttpMethods.Get, HttpMethods.Post], UserInfoEndpoint.HandleAsync)
            .WithMetadata(new RequestSizeLimitAttribute(LargestForm));
        return endpoints;
    }
}
