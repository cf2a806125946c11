using Gateway.Engine.Webhooks;
using Gateway.Identity;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Gateway.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Engine;

/// <summary>The engines' webhooks, one each: set, shown, their secrets replaced, enabled again, removed.</summary>
internal sealed class WebhookEndpoints(GatewayDatabase database, EngineClients engines, WebhookEvents events, Sealer sealer, AuditTrail trail, TimeProvider time)
{
    public const int LongestOverlapHours = 168;

    /// <summary>Sets or changes where an engine's events go. The first time a secret is made, and the feeds' present ends are the beginning;
    /// later the secret stays, what waits is due at once, and a webhook that was disabled is enabled.</summary>
    public async Task<Outcome<ChangedWebhook>> SetAsync(string clientId, string url, CancellationToken cancellation)
    {
        if (await engines.FindAsync(clientId, cancellation) is null)
            return new Failure("webhook.engine_unknown", "There is no engine with this client id: see `client list`, or register it with `client add`.");
        if (!EngineClientRules.IsAcceptable(url))
            return new Failure("webhook.url_invalid", $"The webhook's URL {EngineClientRules.Demand}.");

        var secret = WebhookSecret.New();
        if (await InsertAsync(clientId, url, secret.Seal(sealer, clientId), cancellation))
            return await ChangedAsync(clientId, secret, cancellation);
        await ChangeAsync(clientId, "webhook.changed", rows => rows.ExecuteUpdateAsync(
            row => row.SetProperty(r => r.Url, url).SetProperty(r => r.DisabledAt, (DateTimeOffset?)null).SetProperty(r => r.DisabledCode, (string?)null), cancellation), cancellation);
        await events.ReplayAsync(clientId, null, WebhookEvents.Pending, null, cancellation);
        return await ChangedAsync(clientId, null, cancellation);
    }

    /// <summary>Makes a new secret. The one before signs too for so many hours; one that was still signing beside it ends now.</summary>
    public async Task<Outcome<ChangedWebhook>> RotateSecretAsync(string clientId, int overlapHours, CancellationToken cancellation)
    {
        if (overlapHours is < 0 or > LongestOverlapHours)
            return new Failure("webhook.overlap_invalid", $"The overlap must be 0 to {LongestOverlapHours} hours.");
        var secret = WebhookSecret.New();
        var sealedSecret = secret.Seal(sealer, clientId);
        var until = overlapHours == 0 ? (DateTimeOffset?)null : time.GetUtcNow() + TimeSpan.FromHours(overlapHours);
        var rotated = await ChangeAsync(clientId, "webhook.secret_rotated", rows => rows.ExecuteUpdateAsync(
            row => row.SetProperty(r => r.SealedPreviousSecret, r => until == null ? null : r.SealedSecret)
                .SetProperty(r => r.PreviousUntil, until)
                .SetProperty(r => r.SealedSecret, sealedSecret),
            cancellation), cancellation);
        return rotated == 0 ? None : await ChangedAsync(clientId, secret, cancellation);
    }

    /// <summary>Takes a webhook into use again that was disabled; what waits is due at once.</summary>
    public async Task<Outcome<ChangedWebhook>> EnableAsync(string clientId, CancellationToken cancellation)
    {
        var enabled = await ChangeAsync(clientId, "webhook.enabled", rows => rows.ExecuteUpdateAsync(
            row => row.SetProperty(r => r.DisabledAt, (DateTimeOffset?)null).SetProperty(r => r.DisabledCode, (string?)null), cancellation), cancellation);
        if (enabled == 0)
            return None;
        await events.ReplayAsync(clientId, null, WebhookEvents.Pending, null, cancellation);
        return await ChangedAsync(clientId, null, cancellation);
    }

    /// <summary>Removes the webhook, its secret and its events.</summary>
    /// <returns>The webhook as it was.</returns>
    public async Task<Outcome<WebhookEndpoint>> RemoveAsync(string clientId, CancellationToken cancellation)
    {
        var found = await FindAsync(clientId, cancellation);
        await ChangeAsync(clientId, "webhook.removed", rows => rows.ExecuteDeleteAsync(cancellation), cancellation);
        return found;
    }

    public async Task<Outcome<WebhookEndpoint>> FindAsync(string clientId, CancellationToken cancellation)
    {
        await using var model = database.Open();
        if (await model.EngineWebhooks.AsNoTracking().SingleOrDefaultAsync(row => row.ClientId == clientId, cancellation) is not { } row)
            return None;
        var counts = await events.CountAsync(clientId, cancellation);
        return new WebhookEndpoint(
            clientId, row.Url, row.CreatedAt, row.DisabledAt, row.DisabledCode, row.PreviousUntil > time.GetUtcNow() ? row.PreviousUntil : null,
            counts.GetValueOrDefault(WebhookEvents.Pending), counts.GetValueOrDefault(WebhookEvents.Delivered), counts.GetValueOrDefault(WebhookEvents.Dead),
            (await events.ListAsync(clientId, null, 1, cancellation)).SingleOrDefault());
    }

    private static Failure None => new("webhook.none", "This engine has no webhook: set one with `client webhook ID --url URL`.");

    /// <returns>False: there is one already.</returns>
    private Task<bool> InsertAsync(string clientId, string url, byte[] sealedSecret, CancellationToken cancellation) => database.InGatewayAsync(async session =>
    {
        var inserted = await session.Model.Database.ExecuteSqlAsync(
            $"insert into gateway.engine_webhook (client_id, url, sealed_secret, created_at) values ({clientId}, {url}, {sealedSecret}, {time.GetUtcNow()}) on conflict do nothing",
            cancellation);
        if (inserted == 0)
            return false;
        await session.Model.Database.ExecuteSqlAsync($"select gateway.begin_webhook({clientId})", cancellation);
        await trail.AppendAsync(session, AuditEntry.ByOperator("webhook.set", ("engine", clientId)), cancellation);
        return true;
    }, cancellation);

    /// <returns>How many rows there were: none or one.</returns>
    private Task<int> ChangeAsync(string clientId, string action, Func<IQueryable<EngineWebhook>, Task<int>> change, CancellationToken cancellation) => database.InGatewayAsync(async session =>
    {
        var changed = await change(session.Model.EngineWebhooks.Where(row => row.ClientId == clientId));
        if (changed > 0)
            await trail.AppendAsync(session, AuditEntry.ByOperator(action, ("engine", clientId)), cancellation);
        return changed;
    }, cancellation);

    private async Task<Outcome<ChangedWebhook>> ChangedAsync(string clientId, WebhookSecret? made, CancellationToken cancellation)
    {
        var found = await FindAsync(clientId, cancellation);
        return found.Succeeded ? new ChangedWebhook(found.Value, made?.Text) : Outcome<ChangedWebhook>.Failed(found.Failures);
    }
}
