using Gateway.Storage;
using Npgsql;

namespace Gateway.Engine.Webhooks;

/// <summary>Looks every second where feeds stand and what is due, in each replica; while no engine has a webhook, that is one question.</summary>
internal sealed class WebhookService(GatewayDatabase database, AnnounceChanges announce, WebhookQueue queue, ILogger<WebhookService> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static string ReasonOf(Exception e) => e is PostgresException { SqlState: var state } ? state : e.GetType().Name;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
                await RoundAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends.
        }
        finally
        {
            await queue.IdleAsync();
        }
    }

    private async Task RoundAsync(CancellationToken cancellation)
    {
        try
        {
            if (await AnyAsync(cancellation))
            {
                await announce.RunAsync(cancellation);
                await queue.BeginDueAsync(cancellation);
            }
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // Whatever it was, feeds and events are still there: the next round finds them.
            log.WebhooksFailed(ReasonOf(e));
        }

        await queue.WaitAsync(Pause, cancellation);
    }

    private async Task<bool> AnyAsync(CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select exists (select from gateway.engine_webhook)");
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
