using System.Security.Cryptography;
using System.Text;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Identity;

/// <summary>Registers engines: the client and the accepted data agreement, together or not at all.</summary>
internal sealed class EngineRegistration(GatewayDatabase database, Sealer sealer, EngineClients engines, AuditTrail trail, TimeProvider time)
{
    /// <summary>Every reason why the engine was not registered; none when it was.</summary>
    public async Task<IReadOnlyList<Failure>> RegisterAsync(RegisterEngineClient wish, CancellationToken cancellation)
    {
        var problems = EngineClientRules.Check(wish);
        if (problems.Count > 0)
            return problems;

        var secretHash = wish.Secret is { } secret ? sealer.Fingerprint(EngineClients.SecretPurpose, Encoding.UTF8.GetBytes(secret)) : null;
        var idKey = RandomNumberGenerator.GetBytes(32);
        var sealedIdKey = sealer.Seal(EngineClients.IdKeyPurpose, idKey, wish.Id);
        CryptographicOperations.ZeroMemory(idKey);
        var now = time.GetUtcNow();
        var redirectUris = wish.RedirectUris.Distinct(StringComparer.Ordinal).ToArray();

        var registered = await database.InGatewayAsync(async session =>
        {
            var added = await session.Model.Database.ExecuteSqlAsync(
                $"""
                with client as (
                  insert into gateway.engine_client (id, initiate_login_uri, redirect_uris, secret_hash, jwks_url, id_token_alg, sealed_id_key, created_at)
                  values ({wish.Id}, {wish.InitiateLoginUri}, {redirectUris}, {secretHash}, {wish.JwksUrl}, {wish.IdTokenAlg}, {sealedIdKey}, {now})
                  on conflict do nothing returning id),
                credential as (
                  insert into gateway.engine_credential (client_id, secret_hash, jwks_url, created_at)
                  select id, {secretHash}, {wish.JwksUrl}, {now} from client),
                -- A district that used the only engine there was goes on with it, on record from now on.
                settled as (
                  update gateway.district set engine_client_id = (select min(id) from gateway.engine_client where removed_at is null)
                  where engine_client_id is null and exists (select from client)
                    and (select count(*) from gateway.engine_client where removed_at is null) = 1)
                insert into gateway.engine_agreement (client_id, version, accepted_by, accepted_at)
                select id, {DataAgreement.CurrentVersion}, {wish.AgreementAcceptedBy}, {now} from client
                """,
                cancellation);
            if (added == 1)
                await trail.AppendAsync(session, AuditEntry.ByOperator("engine.registered", ("engine", wish.Id), ("agreement", DataAgreement.CurrentVersion)), cancellation);
            return added;
        }, cancellation);
        engines.Forget();
        return registered == 1 ? [] : [new("client.exists", "An engine with this client id is registered already, or was and is removed: an id is never given twice. Choose another.")];
    }
}
