using Gateway.Alerts;
using Gateway.Districts;
using Gateway.Engine;
using Gateway.Grades;
using Gateway.Identity;
using Gateway.Jobs;
using Gateway.Launches;
using Gateway.Mail;
using Gateway.Platforms;
using Gateway.Privacy;
using Gateway.Rostering;
using Gateway.Storage;
using Gateway.Storage.Sealing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Gateway.Hosting;

/// <summary>Everything the gateway is made of, for the server and for a command alike.</summary>
internal static class Composition
{
    public static IServiceCollection AddGateway(this IServiceCollection services, IConfiguration configuration, OpenedStorage storage)
    {
        services.AddOptions<GatewayOptions>().Bind(configuration.GetSection(GatewayOptions.Section)).ValidateOnStart();
        services.AddSingleton<Microsoft.Extensions.Options.IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(PrivacyPolicy.Product);
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<GatewayMetrics>();
        services.AddSingleton<RegistrationLimits>();
        services.AddOutbound();
        return services
            .AddStorage(storage)
            .AddPrivacy()
            .AddMail()
            .AddDistricts()
            .AddAlerts()
            .AddIdentity()
            .AddLaunches()
            .AddPlatforms()
            .AddGrades()
            .AddEngine()
            .AddRostering()
            .AddJobs();
    }

    /// <summary>Opens the database that the settings name, with every feature's tables in it.</summary>
    public static async Task<Outcome<OpenedStorage>> OpenStorageAsync(IConfiguration configuration, ILoggerFactory loggers, CancellationToken cancellation)
    {
        // Before anything is started: a wrong setting must not leave a cluster behind.
        var settings = configuration.GetSection(GatewayOptions.Section).Get<GatewayOptions>() ?? new GatewayOptions();
        if (new GatewayOptionsValidator().Validate(null, settings) is { Failed: true } invalid)
            return new Failure("settings.invalid", invalid.FailureMessage);
        return await OpenedStorage.OpenAsync(StorageOptionsOf(settings, configuration), TimeProvider.System, loggers, cancellation, JobsSchema.EnsureAsync);
    }

    private static StorageOptions StorageOptionsOf(GatewayOptions options, IConfiguration configuration)
    {
        var connectionString = configuration.GetConnectionString("Gateway");
        return new(string.IsNullOrWhiteSpace(connectionString) ? null : DatabaseTls.ByDefault(connectionString), options.MasterKeyFile, options.DataDirectory, options.KeySharesDirectory, KeyFileAccesses.Of(options.AllowPrivateNetworks));
    }
}
