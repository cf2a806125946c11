using Npgsql;

namespace Gateway.Platforms;

/// <summary>Writes down what launches showed of platforms' clocks, every minute and off the launch path.</summary>
internal sealed class PlatformClockService(PlatformClocks clocks, TimeProvider time, ILogger<PlatformClockService> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await clocks.WriteAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException e)
            {
                // The next launches will tell again.
                log.ClocksNotWritten(e.SqlState ?? e.GetType().Name);
            }
        }
    }
}
