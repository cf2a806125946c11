using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Identity;

/// <summary>Changes where launches are handed over to an engine, and where codes may be sent. In force on every replica within half a minute.</summary>
internal sealed class ChangeAddresses(GatewayDatabase database, EngineClients engines, AuditTrail trail)
{
    /// <summary>Adds a redirect URI; one that is there already changes nothing.</summary>
    /// <returns>All of them.</returns>
    public Task<Outcome<string[]>> AddRedirectAsync(string clientId, string uri, CancellationToken cancellation)
    {
        if (!EngineClientRules.IsAcceptable(uri))
            return Task.FromResult<Outcome<string[]>>(new Failure("client.redirect_uri_invalid", $"The redirect URI {EngineClientRules.Demand}."));
        return ChangeAsync(clientId, "engine.redirect_uri_added", row =>
        {
            row.RedirectUris = [.. row.RedirectUris.Append(uri).Distinct(StringComparer.Ordinal)];
            return null;
        }, cancellation);
    }

    /// <summary>Takes a redirect URI away; the last one stays.</summary>
    /// <returns>Those that are left.</returns>
    public Task<Outcome<string[]>> RemoveRedirectAsync(string clientId, string uri, CancellationToken cancellation) =>
        ChangeAsync(clientId, "engine.redirect_uri_removed", row =>
        {
            if (!row.RedirectUris.Contains(uri, StringComparer.Ordinal))
                return new Failure("client.redirect_uri_unknown", "The engine has no such redirect URI: `client redirect list` shows those it has, and they are compared byte for byte.");
            if (row.RedirectUris.Length == 1)
                return new Failure("client.redirect_uri_missing", "At least one redirect URI is needed: add another one first.");
            row.RedirectUris = [.. row.RedirectUris.Where(one => one != uri)];
            return null;
        }, cancellation);

    /// <summary>Changes where a launch is handed over.</summary>
    public Task<Outcome<string[]>> SetInitiateLoginAsync(string clientId, string uri, CancellationToken cancellation)
    {
        if (!EngineClientRules.IsAcceptable(uri))
            return Task.FromResult<Outcome<string[]>>(new Failure("client.initiate_login_uri_invalid", $"The initiate-login URI {EngineClientRules.Demand}."));
        return ChangeAsync(clientId, "engine.initiate_login_uri_changed", row =>
        {
            row.InitiateLoginUri = uri;
            return null;
        }, cancellation);
    }

    private async Task<Outcome<string[]>> ChangeAsync(string clientId, string action, Func<EngineClient, Failure?> change, CancellationToken cancellation)
    {
        var changed = await database.InGatewayAsync<Outcome<string[]>>(async session =>
        {
            var row = await session.Model.EngineClients.FromSql($"select * from gateway.engine_client where id = {clientId} and removed_at is null for update")
                .SingleOrDefaultAsync(cancellation);
            if (row is null)
                return EngineClientRules.Unknown;
            if (change(row) is { } refusal)
                return refusal;
            if (await session.Model.SaveChangesAsync(cancellation) > 0)
                await trail.AppendAsync(session, AuditEntry.ByOperator(action, ("engine", clientId)), cancellation);
            return row.RedirectUris;
        }, cancellation);
        engines.Forget();
        return changed;
    }
}
