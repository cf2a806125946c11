using System.Globalization;
using Gateway.Privacy;

namespace Gateway.Alerts;

/// <summary>Verifies the audit trail once a day: a broken chain is an incident, and where the others end goes into the gateway's own chain.</summary>
internal sealed class AuditRound(VerifyAudit verify, AuditTrail trail, Incidents incidents)
{
    private const int MostHeads = 500;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var report = await verify.RunAsync(null, [], cancellation);
        await TellAsync(report, cancellation);
        var moved = report.Chains.Where(chain => chain is { Chain: not 0, Break: null, Head: not null } && report.Recorded.GetValueOrDefault(chain.Chain) != chain.Head);
        foreach (var part in moved.Chunk(MostHeads))
            await trail.AppendAsync(new AuditEntry(
                AuditEntry.Gateway, "audit.heads", part.ToDictionary(chain => chain.Chain.ToString(CultureInfo.InvariantCulture), chain => chain.Head!.ToString())), cancellation);
    }

    /// <summary>Tells of the chains that are broken, whoever found it.</summary>
    public async Task TellAsync(AuditReport report, CancellationToken cancellation)
    {
        foreach (var chain in report.Chains.Where(chain => chain.Break is not null))
            await incidents.ReportAsync(chain.District is null ? 0 : chain.Chain, IncidentKind.AuditBroken, 1, cancellation);
    }
}
