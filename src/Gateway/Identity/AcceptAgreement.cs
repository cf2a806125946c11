using Gateway.Privacy;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Identity;

/// <summary>Records that an adult accepts the data agreement in force for an engine that is registered already (P-5.4).</summary>
internal sealed class AcceptAgreement(GatewayDatabase database, EngineClients engines, AuditTrail trail, TimeProvider time)
{
    /// <summary>
    /// The acceptance on record: the first one of this version, because nothing here is ever overwritten. <c>client.unknown</c> or
    /// <c>client.agreement_missing</c> otherwise.
    /// </summary>
    public async Task<Outcome<AcceptedAgreement>> RunAsync(string clientId, string? acceptedBy, CancellationToken cancellation)
    {
        if (!EngineClientRules.IsName(acceptedBy))
            return EngineClientRules.AgreementMissing;
        await database.InGatewayAsync(async session =>
        {
            var accepted = await session.Model.Database.ExecuteSqlAsync(
                $"""
                insert into gateway.engine_agreement (client_id, version, accepted_by, accepted_at)
                select id, {DataAgreement.CurrentVersion}, {acceptedBy}, {time.GetUtcNow()} from gateway.engine_client where id = {clientId} and removed_at is null
                on conflict do nothing
                """,
                cancellation);
            // Who accepted stands with the agreement, and goes with it.
            if (accepted == 1)
                await trail.AppendAsync(session, AuditEntry.ByOperator("agreement.accepted", ("engine", clientId), ("agreement", DataAgreement.CurrentVersion)), cancellation);
            return accepted;
        }, cancellation);
        engines.Forget();
        return await engines.FindAsync(clientId, cancellation) is { Agreement: { } agreement }
            ? agreement
            : EngineClientRules.Unknown;
    }
}
