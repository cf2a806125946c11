namespace Gateway.Rostering;

/// <summary>The nightly run of one district. Knows nothing of the scheduler that calls it.</summary>
internal sealed class RosterSyncJob(RosterSync sync, ILogger<RosterSyncJob> logger)
{
    public async Task RunAsync(int district, CancellationToken cancellation)
    {
        try
        {
            await sync.RunAsync(district, RosterTrigger.Schedule, dryRun: false, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The kind only: messages may quote what they could not read. The run's row has the code.
            Log.JobBroke(logger, district, e.GetType().Name);
        }
    }
}
