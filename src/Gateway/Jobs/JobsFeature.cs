using Gateway.Rostering;
using Gateway.Storage;
using Quartz;

namespace Gateway.Jobs;

/// <summary>
/// Registers the scheduler: Quartz, clustered over the gateway's own database, so that any replica may run any job and a job of a
/// replica that died is taken up by another. Nothing outside this folder knows Quartz.
/// </summary>
internal static class JobsFeature
{
    /// <summary>What commands need: schedules can be read and written, nothing runs here.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        services.AddQuartz(quartz => quartz
            .ConfigureScheduler(options =>
            {
                options.InstanceName = "gateway";
                // How soon a schedule or a "run now" that another process stored is noticed.
                options.IdleWaitTime = TimeSpan.FromSeconds(5);
                options.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            })
            .UseDefaultThreadPool(maxConcurrency: 8)
            .UsePersistentStore(store => store
                .UsePostgres(options => options.DataSourceFactory = provider => provider.GetRequiredService<GatewayDatabase>().DataSource)
                .ConfigureStore(options =>
                {
                    options.TablePrefix = JobsSchema.TablePrefix;
                    options.StoreJobDataAsStrings = true;
                    options.MaxMisfiresToHandleAtATime = 100;
                    // a run that a shutdown cut short is taken up by another replica.
                    options.RecoverFiringsCancelledByShutdown = true;
                })
                .UseClustering(options => options.CheckinInterval = TimeSpan.FromSeconds(10))));
        return services
            .AddSingleton<RosterSchedules>()
            .AddSingleton<IRosterSchedules>(provider => provider.GetRequiredService<RosterSchedules>())
            .AddSingleton<IRosterTimers>(provider => provider.GetRequiredService<RosterSchedules>());
    }

    /// <summary>What serving adds: this process runs jobs. The schedules are brought in line first.</summary>
    public static IServiceCollection AddJobsHosting(this IServiceCollection services) => services
        .AddHostedService<ScheduleSetup>()
        .AddHostedService<SchedulerHost>();
}
