using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Rostering;

/// <summary>A run of the history with what its checks found.</summary>
internal sealed record RosterRunReport(RosterRun Run, IReadOnlyList<RosterFinding> Findings);

/// <summary>A district's run history .</summary>
internal sealed class RosterRuns(GatewayDatabase database)
{
    /// <summary>The latest runs, the newest first; or one of them.</summary>
    public Task<List<RosterRunReport>> ListAsync(int district, int limit, long? number, CancellationToken cancellation) =>
        database.InDistrictAsync(district, async session =>
        {
            var runs = await session.Model.RosterRuns.AsNoTracking()
                .Where(run => run.DistrictId == district && (number == null || run.Id == number)).OrderByDescending(run => run.Id).Take(limit).ToListAsync(cancellation);
            var numbers = runs.Select(run => run.Id).ToList();
            var findings = await session.Model.RosterFindings.AsNoTracking()
                .Where(finding => numbers.Contains(finding.RunId)).OrderBy(finding => finding.Rule).ToListAsync(cancellation);
            var byRun = findings.ToLookup(finding => finding.RunId);
            return runs.ConvertAll(run => new RosterRunReport(run, [.. byRun[run.Id]]));
        }, cancellation);
}
