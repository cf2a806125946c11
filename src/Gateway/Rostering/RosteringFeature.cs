namespace Gateway.Rostering;

/// <summary>Registers rostering. Needs the database, district keys, the sealer, a clock, options and <see cref="IRosterSchedules"/>.</summary>
internal static class RosteringFeature
{
    public static IServiceCollection AddRostering(this IServiceCollection services)
    {
        services.AddHttpClient(RosterConnections.HttpClientName);
        return services
            .AddSingleton<RosterPipeline>()
            .AddSingleton<RosterConnections>()
            .AddSingleton<RosterSync>()
            .AddSingleton<RosterImport>()
            .AddSingleton<RosterRuns>()
            .AddSingleton<RosterSyncJob>();
    }
}
