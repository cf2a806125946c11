using Lti;
using Lti.Grades;
using Lti.Launches;
using Lti.Messages;
using Lti.Registrations;
using Lti.Security;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

// Where every host looks for what it can add.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the tool side of LTI 1.3 to a host.</summary>
public static class LtiServiceCollectionExtensions
{
    /// <summary>
    /// Adds login initiation, launch verification, access tokens and scores, with one allow-list of claims for every registration.
    /// The host adds its own <see cref="Lti.Registrations.IRegistrationStore"/>, <see cref="IStateProtector"/>, <see cref="IToolKeyStore"/>
    /// and, where it verifies launches without an admission, <see cref="INonceStore"/>; these may be scoped. An
    /// <see cref="ILegacySecretStore"/> is optional.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="allowed">The claims that may be read beyond the protocol's own; there is no default.</param>
    /// <param name="configure">Sets at least <see cref="LtiToolOptions.RedirectUri"/>.</param>
    public static IServiceCollection AddLti(this IServiceCollection services, ClaimAllowList allowed, Action<LtiToolOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        return services.AddLti(_ => new FixedClaimPolicy(allowed), configure);
    }

    /// <summary>The same, with a policy that may allow different claims for different registrations. It is made once per scope.</summary>
    public static IServiceCollection AddLti(
        this IServiceCollection services, Func<IServiceProvider, IClaimPolicy> claims, Action<LtiToolOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(claims);
        services.AddOptions<LtiToolOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LtiToolOptions>, LtiToolOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LtiHttp>();
        services.TryAddSingleton<JwksCache>();
        services.TryAddSingleton<AccessTokenCache>();
        services.TryAddScoped(claims);
        // Transient, because they are cheap and the host's stores may live in a scope.
        services.TryAddTransient<LoginInitiation>();
        services.TryAddTransient<LaunchVerifier>();
        services.TryAddTransient<AccessTokenClient>();
        services.TryAddTransient<ScoreClient>();
        services.TryAddTransient<DynamicRegistration>();
        services.TryAddTransient<ConnectionCheck>();
        return services;
    }
}
