using System.Text;
using Gateway.Privacy.Audit;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Privacy;

/// <summary>An entry of the audit trail, for whoever reads it.</summary>
internal sealed record AuditLine(long Sequence, DateTimeOffset At, string Actor, string Action, IReadOnlyDictionary<string, string> Details);

/// <summary>Shows a chain, the newest entries first.</summary>
internal sealed class ListAudit(GatewayDatabase database)
{
    /// <param name="district">The district's number; null: the gateway's own chain.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public Task<List<AuditLine>> RunAsync(int? district, int limit, CancellationToken cancellation) => database.InDistrictAsync(district ?? AuditChain.Own, async session =>
    {
        var rows = await session.Model.AuditEntries.AsNoTracking().Where(row => row.DistrictId == session.District)
            .OrderByDescending(row => row.Sequence).Take(limit).ToListAsync(cancellation);
        return rows.ConvertAll(row => new AuditLine(row.Sequence, row.At, row.Actor, row.Action, EntryText.Parse(Encoding.UTF8.GetBytes(row.Details))));
    }, cancellation);
}
