namespace Gateway.Rostering;

/// <summary>The nightly run of one district, and each further try of it. Knows nothing of the scheduler that calls it.</summary>
internal sealed class RosterSyncJob(RosterSync sync, RosterPauses pauses, RosterRetries retries, ILogger<RosterSyncJob> logger)
{
    /// <param name="district">The district's number.</param>
    /// <param name="isRetry">Whether this is a further try: not needed when the roster was brought in by other means meanwhile.</param>
    /// <param name="cancellation">Stops the run; what had been read is discarded.</param>
    public async Task RunAsync(int district, bool isRetry, CancellationToken cancellation)
    {
        try
        {
            if (isRetry && await retries.IsMendedAsync(district, cancellation))
                return;
            var (run, code) = await RunOnceAsync(district, cancellation);
            // Nothing failed, and nobody is to be told every night.
            if (code == RosterCodes.ContractEnded)
                return;
            await retries.FollowUpAsync(district, run, code, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.JobBroke(logger, district, e.GetType().Name);
        }
    }

    private async Task<(long? Run, string? Code)> RunOnceAsync(int district, CancellationToken cancellation)
    {
        try
        {
            var additionsOnly = await pauses.ApplyTodayAsync(district, cancellation);
            var outcome = await sync.RunAsync(new RosterRunRequest(district, RosterTrigger.Schedule, DryRun: false) { AdditionsOnly = additionsOnly }, cancellation);
            return (outcome.RunId, outcome.Code);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The kind only: messages may quote what they could not read. The run's row has the code.
            Log.JobBroke(logger, district, e.GetType().Name);
            return (null, RosterCodes.Broken);
        }
    }
}
