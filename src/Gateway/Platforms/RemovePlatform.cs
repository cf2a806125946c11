using System.Globalization;
using Gateway.Launches;
using Gateway.Privacy;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Platforms;

/// <summary>
/// Rejects a platform that registered itself, or takes one out of use. Of one that was never approved nothing stays; any other stays as
/// a row that no login finds, because launches and scores refer to it.
/// </summary>
internal sealed class RemovePlatform(GatewayDatabase database, RegistrationDirectory directory, AuditTrail trail)
{
    /// <summary>Whether the row is gone (true) or kept and switched off (false).</summary>
    public async Task<Outcome<bool>> RunAsync(int district, int id, CancellationToken cancellation)
    {
        var (gone, off) = await database.InDistrictAsync(district, async session =>
        {
            var own = session.Model.Registrations.Where(r => r.Id == id);
            var keySet = await own.Where(r => r.State == RegistrationState.Pending).Select(r => r.KeySetId).SingleOrDefaultAsync(cancellation);
            var deleted = await own.Where(r => r.State == RegistrationState.Pending).ExecuteDeleteAsync(cancellation);
            var switchedOff = await own.ExecuteUpdateAsync(r => r.SetProperty(one => one.State, RegistrationState.Removed), cancellation);
            if (deleted > 0 && keySet is { } set)
                await ToolKeySets.RemoveAsync(session, set, cancellation);
            if (deleted + switchedOff > 0)
                await trail.AppendAsync(session, AuditEntry.ByOperator(
                    deleted > 0 ? "platform.rejected" : "platform.removed", ("platform", id.ToString(CultureInfo.InvariantCulture))), cancellation);
            return (deleted, switchedOff);
        }, cancellation);
        if (gone + off == 0)
            return PlatformFailures.Unknown;
        directory.Forget(id);
        return gone == 1;
    }
}
