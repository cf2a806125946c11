using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Gateway.Stage;

/// <summary>What the gateway of a stage does of its own accord.</summary>
internal static class StageJobs
{
    /// <summary>
    /// No job of the stage's gateway is under way from here on, and none begins before this is disposed. For tests that count rows: jobs
    /// run by the stage's clock, and one that a test set forward brings some due in the middle of the next test.
    /// </summary>
    public static async Task<IAsyncDisposable> HoldJobsAsync(this TestStage stage)
    {
        var scheduler = await stage.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await scheduler.PauseAll();
        await Until.TrueAsync(
            async () => await stage.Database.AskAsync<long>("select count(*) from jobs.qrtz_fired_triggers where state = 'EXECUTING'") == 0, "no job is under way");
        return new Held(scheduler);
    }

    private sealed class Held(IScheduler scheduler) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => scheduler.ResumeAll();
    }
}
