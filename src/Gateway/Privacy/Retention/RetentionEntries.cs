using System.Globalization;

namespace Gateway.Privacy.Retention;

/// <summary>What the audit trail is told of the clock: counts by rule or table, never who (P-2.9).</summary>
internal static class RetentionEntries
{
    public static AuditEntry Deleted(params IEnumerable<(string Rule, long Rows)> counts) =>
        new(AuditEntry.Gateway, "retention.deleted", counts.ToDictionary(count => count.Rule, count => Text(count.Rows), StringComparer.Ordinal));

    public static AuditEntry DistrictDeleted(string slug, DateOnly contractEnd, IEnumerable<(string Table, long Rows)> counts)
    {
        var details = counts.ToDictionary(count => count.Table, count => Text(count.Rows), StringComparer.Ordinal);
        details["district"] = slug;
        details["contractEnd"] = contractEnd.ToString("O", CultureInfo.InvariantCulture);
        details["rule"] = EndedDistrictRule.Instance.Code;
        return new(AuditEntry.Gateway, "district.deleted", details);
    }

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
