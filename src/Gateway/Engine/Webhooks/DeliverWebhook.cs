using Gateway.Hosting;
using Gateway.Storage.Sealing;

namespace Gateway.Engine.Webhooks;

/// <summary>
/// Tries one event. A lock on the database's session keeps other replicas off while the receiver is asked and is gone with the process,
/// so that a try that was killed is repeated at once, with the same id.
/// </summary>
internal sealed class DeliverWebhook(WebhookRows rows, WebhookSender sender, Sealer sealer, GatewayMetrics metrics, TimeProvider time, ILogger<DeliverWebhook> log)
{
    /// <summary>Whether the event was moved: delivered, dead or put off. False: another replica has it, or it is not to be sent.</summary>
    public async Task<bool> TryAsync(Guid id, int district, CancellationToken cancellation)
    {
        await using var held = await rows.TryHoldAsync(id, district, cancellation);
        if (held is null)
            return false;

        var outcome = await SendOrPutOffAsync(held, cancellation);
        await rows.FinishAsync(held, outcome, cancellation);
        metrics.WebhookTried(outcome.State);
        log.EventTried(id, held.ClientId, outcome.State, outcome.Code);
        return true;
    }

    // One event that cannot be sent must not keep the others from being sent.
    private async Task<WebhookOutcome> SendOrPutOffAsync(HeldEvent held, CancellationToken cancellation)
    {
        try
        {
            return await SendAsync(held, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            log.EventFailed(held.Id, e.GetType().Name);
            return WebhookRetryPlan.After(held, WebhookCodes.UnexpectedError, null, null, time.GetUtcNow());
        }
    }

    private async Task<WebhookOutcome> SendAsync(HeldEvent held, CancellationToken cancellation)
    {
        var secrets = held.SealedSecrets.Select(secret => WebhookSecret.Open(sealer, secret, held.ClientId)).OfType<WebhookSecret>().ToList();
        if (secrets.Count < held.SealedSecrets.Count)
            return WebhookRetryPlan.After(held, WebhookCodes.SecretUnreadable, null, null, time.GetUtcNow());

        var answer = await sender.PostAsync(held.Url, held.Id, WebhookBody.Of(held.Type, held.CreatedAt, held.DistrictSlug, held.Score), secrets, cancellation);
        return answer.Code switch
        {
            null => WebhookOutcome.Delivered(answer.Status!.Value),
            // It waits, with all others of the engine, until a person enables the webhook or sets another address.
            WebhookCodes.Gone => WebhookOutcome.Later(WebhookCodes.Gone, answer.Status, time.GetUtcNow() + WebhookRetryPlan.First),
            var code => WebhookRetryPlan.After(held, code, answer.Status, answer.RetryAfter, time.GetUtcNow()),
        };
    }
}
