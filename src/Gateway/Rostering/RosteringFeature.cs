using Gateway.Hosting;

namespace Gateway.Rostering;

/// <summary>Registers rostering. Needs the database, district keys, the sealer, a clock, options and <see cref="IRosterSchedules"/>.</summary>
internal static class RosteringFeature
{
    public static IServiceCollection AddRostering(this IServiceCollection services)
    {
        // A page may be large and slow; the reader bounds both itself.
        services.AddGuardedClient(RosterConnections.HttpClientName, client => client.Timeout = TimeSpan.FromMinutes(5));
        return services
            .AddSingleton<RosterSettingsStore>()
            .AddSingleton<RosterPipeline>()
            .AddSingleton<RosterApproval>()
            .AddSingleton<RosterConnections>()
            .AddSingleton<RosterSync>()
            .AddSingleton<RosterImport>()
            .AddSingleton<RosterRuns>()
            .AddSingleton<RosterSyncJob>();
    }
}
