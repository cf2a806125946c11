using Gateway.Privacy;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Identity;

/// <summary>
/// Switches an engine off and on again. While it is off nothing goes to it and nothing is taken from it: no launch, code, token, page of the
/// API, event or score; what it has stays. In force on every replica within half a minute.
/// </summary>
internal sealed class SuspendEngine(GatewayDatabase database, EngineClients engines, AuditTrail trail, TimeProvider time)
{
    /// <summary>Whether something changed: false where the engine was suspended, or in use, already. <c>client.unknown</c> otherwise.</summary>
    public async Task<Outcome<bool>> RunAsync(string clientId, bool suspend, CancellationToken cancellation)
    {
        var changed = await database.InGatewayAsync(async session =>
        {
            var moved = await session.Model.Database.SqlQuery<bool>($"select gateway.suspend_engine({clientId}, {suspend}, {time.GetUtcNow()}) as \"Value\"").SingleAsync(cancellation);
            if (moved)
                await trail.AppendAsync(session, AuditEntry.ByOperator(suspend ? "engine.suspended" : "engine.resumed", ("engine", clientId)), cancellation);
            return moved;
        }, cancellation);
        engines.Forget();
        return changed || (await engines.ListAsync(cancellation)).Any(engine => engine.ClientId == clientId) ? changed : EngineClientRules.Unknown;
    }
}
