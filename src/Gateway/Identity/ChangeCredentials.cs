using System.Globalization;
using System.Text;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Gateway.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Identity;

/// <summary>
/// Gives an engine another credential and takes one away. Two secrets are good at a time, so that an engine changes without a pause. Tokens
/// that were given for a credential end with it, on every replica within half a minute (docs/adr/0051-engine-credentials.md).
/// </summary>
internal sealed class ChangeCredentials(GatewayDatabase database, Sealer sealer, EngineClients engines, AuditTrail trail, TimeProvider time)
{
    /// <summary>Secrets that are good at the same time.</summary>
    public const int MostSecrets = 2;

    private static readonly Failure LastOne = new(
        "client.credential_last", "This is the engine's only credential: add another one first, or suspend or remove the engine.");

    /// <summary>Adds a secret. <c>client.unknown</c>, <c>client.secret_short</c>, <c>client.secret_known</c> or <c>client.credentials_full</c> otherwise.</summary>
    /// <returns>The new credential's number.</returns>
    public Task<Outcome<long>> AddSecretAsync(string clientId, string? secret, CancellationToken cancellation)
    {
        if (secret is null || secret.Length < EngineClientRules.ShortestSecret)
            return Task.FromResult<Outcome<long>>(EngineClientRules.SecretShort);
        var bytes = Encoding.UTF8.GetBytes(secret);
        return ChangeAsync(clientId, async (session, held) =>
        {
            var secrets = held.Where(credential => credential.SecretHash is not null).ToList();
            if (secrets.Any(credential => sealer.FingerprintMatches(EngineClients.SecretPurpose, bytes, credential.SecretHash!)))
                return new Failure("client.secret_known", "The engine has this secret already: give another one.");
            if (secrets.Count >= MostSecrets)
                return new Failure("client.credentials_full", $"The engine has {MostSecrets} secrets: remove the one that it uses no longer (`client list` shows their numbers and ages).");
            return await AddAsync(session, clientId, sealer.Fingerprint(EngineClients.SecretPurpose, bytes), null, "engine.credential_added", cancellation);
        }, cancellation);
    }

    /// <summary>Takes a credential away. <c>client.unknown</c>, <c>client.credential_unknown</c> or <c>client.credential_last</c> otherwise.</summary>
    /// <returns>The number of the credential that is gone.</returns>
    public Task<Outcome<long>> RemoveAsync(string clientId, long credential, CancellationToken cancellation) => ChangeAsync(
        clientId,
        async (session, held) =>
        {
            if (held.All(one => one.Id != credential))
                return new Failure("client.credential_unknown", "The engine has no credential of that number: `client list` shows those it has.");
            if (held.Count == 1)
                return LastOne;
            return await RemoveAsync(session, clientId, credential, cancellation);
        },
        cancellation);

    /// <summary>Says where the engine publishes its own keys; the secrets that it has stay until they are removed.</summary>
    /// <returns>The credential's number: a new one where the address is new.</returns>
    public Task<Outcome<long>> SetJwksAsync(string clientId, string url, CancellationToken cancellation)
    {
        if (!EngineClientRules.IsAcceptable(url))
            return Task.FromResult<Outcome<long>>(EngineClientRules.JwksUrlInvalid);
        return ChangeAsync(clientId, async (session, held) =>
        {
            if (held.SingleOrDefault(one => one.JwksUrl is not null) is { } before)
            {
                if (before.JwksUrl == url)
                    return before.Id;
                await session.Model.EngineCredentials.Where(row => row.Id == before.Id).ExecuteDeleteAsync(cancellation);
            }

            return await AddAsync(session, clientId, null, url, "engine.jwks_changed", cancellation);
        }, cancellation);
    }

    /// <summary>The engine has no keys of its own any more. <c>client.jwks_none</c> or <c>client.credential_last</c> otherwise.</summary>
    public Task<Outcome<long>> RemoveJwksAsync(string clientId, CancellationToken cancellation) => ChangeAsync(
        clientId,
        async (session, held) =>
        {
            if (held.SingleOrDefault(one => one.JwksUrl is not null) is not { } keys)
                return new Failure("client.jwks_none", "The engine has no address of keys of its own.");
            return held.Count == 1 ? LastOne : await RemoveAsync(session, clientId, keys.Id, cancellation);
        },
        cancellation);

    private async Task<Outcome<long>> ChangeAsync(
        string clientId, Func<DistrictSession, IReadOnlyList<EngineCredential>, Task<Outcome<long>>> change, CancellationToken cancellation)
    {
        var changed = await database.InGatewayAsync(async session =>
        {
            // One change of an engine at a time. Replicas of the version before know one credential, and no longer a current one.
            var found = await session.Model.Database.ExecuteSqlAsync(
                $"update gateway.engine_client set secret_hash = null, jwks_url = null where id = {clientId} and removed_at is null", cancellation);
            if (found == 0)
                return EngineClientRules.Unknown;
            var held = await session.Model.EngineCredentials.AsNoTracking().Where(row => row.ClientId == clientId).OrderBy(row => row.Id).ToListAsync(cancellation);
            return await change(session, held);
        }, cancellation);
        engines.Forget();
        return changed;
    }

    private async Task<long> AddAsync(DistrictSession session, string clientId, byte[]? secretHash, string? jwksUrl, string action, CancellationToken cancellation)
    {
        var added = new EngineCredential { ClientId = clientId, SecretHash = secretHash, JwksUrl = jwksUrl, CreatedAt = time.GetUtcNow() };
        session.Model.EngineCredentials.Add(added);
        await session.Model.SaveChangesAsync(cancellation);
        await AuditAsync(session, clientId, added.Id, action, cancellation);
        return added.Id;
    }

    private async Task<long> RemoveAsync(DistrictSession session, string clientId, long credential, CancellationToken cancellation)
    {
        await session.Model.EngineCredentials.Where(row => row.Id == credential).ExecuteDeleteAsync(cancellation);
        await AuditAsync(session, clientId, credential, "engine.credential_removed", cancellation);
        return credential;
    }

    private Task AuditAsync(DistrictSession session, string clientId, long credential, string action, CancellationToken cancellation) => trail.AppendAsync(
        session, AuditEntry.ByOperator(action, ("engine", clientId), ("credential", credential.ToString(CultureInfo.InvariantCulture))), cancellation);
}
