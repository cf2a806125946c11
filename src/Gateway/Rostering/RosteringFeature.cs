using Gateway.Hosting;
using Gateway.Rostering.Pickup;

namespace Gateway.Rostering;

/// <summary>Registers rostering. Needs the database, district keys, the sealer, a clock, options <see cref="IRosterSchedules"/> and <see cref="IRosterTimers"/>,
/// alerts and districts.</summary>
internal static class RosteringFeature
{
    public static IServiceCollection AddRostering(this IServiceCollection services)
    {
        // A page may be large and slow; the reader bounds both itself.
        services.AddGuardedClient(RosterConnections.HttpClientName, client => client.Timeout = RosterConnections.LongestRequest);
        return services
            .AddSingleton<RosterSettingsStore>()
            .AddSingleton<RosterPipeline>()
            .AddSingleton<RosterApproval>()
            .AddSingleton<RosterConnections>()
            .AddSingleton<RosterAuthorities>()
            .AddSingleton<RosterPulls>()
            .AddSingleton<RosterSync>()
            .AddSingleton<RosterImport>()
            .AddSingleton<RosterRuns>()
            .AddSingleton<RosterSyncJob>()
            .AddSingleton<RosterPauses>()
            .AddSingleton<RosterRetries>()
            .AddSingleton<RosterTimetable>()
            .AddSingleton<RosterAlerts>()
            .AddSingleton<AlertRound>()
            .AddSingleton<ConflictRound>()
            .AddSingleton<ListConflicts>()
            .AddSingleton<JoinPeople>()
            .AddSingleton<SplitPeople>()
            .AddSingleton<WatchedFolders>()
            .AddSingleton<SftpLimits>()
            .AddSingleton<SftpPickup>()
            .AddSingleton<SftpSource>();
    }
}
