using System.Globalization;
using Gateway.Privacy;

namespace Gateway.Rostering;

/// <summary>What the audit trail says of runs that have changed nothing yet.</summary>
internal static class RosterAudit
{
    /// <summary>A run waits for a person: why, and how many people it would make one or two.</summary>
    public static AuditEntry Waiting(RosterRunContext run)
    {
        var details = run.People.Counts().ToDictionary(change => $"{change.Entity}.{change.Kind}", change => Text(change.Count), StringComparer.Ordinal);
        details["run"] = Text(run.RunId);
        details["codes"] = string.Join(' ', run.Comparison!.Reasons.Select(reason => reason.Code).Distinct());
        return new AuditEntry(run.Request.Trigger == RosterTrigger.Schedule ? AuditEntry.Gateway : AuditEntry.Operator, "roster.waiting", details);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
