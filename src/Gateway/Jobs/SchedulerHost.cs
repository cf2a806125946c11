using Quartz;

namespace Gateway.Jobs;

/// <summary>
/// Runs the scheduler from the moment at which the gateway listens until it stops. A gateway that cannot listen never runs a job, and
/// ends at once: Quartz's own service would wait for that start through the whole shutdown.
/// </summary>
internal sealed class SchedulerHost(ISchedulerFactory schedulers) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        await scheduler.Start(cancellationToken);
    }

    /// <summary>Waits for jobs, which are asked to end; also a scheduler that was only made has threads.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var scheduler in await schedulers.GetAllSchedulers(cancellationToken))
            await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
