using System.Globalization;
using System.Text.Json;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Privacy;

/// <summary>Issues certificates for what was deleted before (P-3.4): one erasure, what the retention clock deleted, a whole district.</summary>
internal sealed class IssueCertificate(GatewayDatabase database, Certificates certificates, TimeProvider time)
{
    private const string RetentionAction = "retention.deleted";
    private const string DistrictAction = "district.deleted";

    /// <summary>Of one erasure, with the engines that have confirmed by now.</summary>
    public async Task<Outcome<Certificate>> OfErasureAsync(District district, Guid erasure, CancellationToken cancellation)
    {
        await certificates.PrepareAsync(cancellation);
        return await database.InDistrictAsync<Outcome<Certificate>>(district.Id, async session =>
        {
            var row = await session.Model.Erasures.AsNoTracking().SingleOrDefaultAsync(known => known.Id == erasure && known.DistrictId == district.Id, cancellation);
            if (row is null)
                return new Failure("certificate.erasure_unknown", "This district has no erasure of that number: `privacy erase` prints it.");
            var confirmed = await session.Model.ErasureEngines.AsNoTracking().Where(engine => engine.ErasureId == erasure).OrderBy(engine => engine.ClientId)
                .Select(engine => new ConfirmedBy(engine.ClientId, engine.AcknowledgedAt)).ToListAsync(cancellation);
            var counts = JsonSerializer.Deserialize<SortedDictionary<string, long>>(row.Counts)!;
            return await certificates.IssueAsync(session, CertificateContent.OfErasure(district, erasure, row.Reason, row.ErasedAt, counts, confirmed), cancellation);
        }, cancellation);
    }

    /// <summary>Of what the retention clock deleted on these days (UTC, both included), by rule, as the audit trail says.</summary>
    public async Task<Outcome<Certificate>> OfRetentionAsync(District district, DateOnly first, DateOnly last, CancellationToken cancellation)
    {
        if (last < first)
            return new Failure("certificate.days_backwards", "--to must not be before --from.");
        await certificates.PrepareAsync(cancellation);
        var (from, to) = (Instant(first), Instant(last.AddDays(1)));
        var now = time.GetUtcNow();
        return await database.InDistrictAsync<Outcome<Certificate>>(district.Id, async session =>
        {
            var details = await DetailsAsync(session, RetentionAction, from, to, cancellation);
            var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
            foreach (var (rule, records) in details.SelectMany(CountsOf))
                counts[rule] = counts.GetValueOrDefault(rule) + records;
            return await certificates.IssueAsync(session, new CertificateContent(
                CertificateContent.Retention, district.Slug, district.Name, "retention periods, by the rules named", counts, from, to < now ? to : now), cancellation);
        }, cancellation);
    }

    /// <summary>Of a district that was deleted after its contract, as the gateway's own audit chain says.</summary>
    public async Task<Outcome<Certificate>> OfDistrictAsync(string slug, CancellationToken cancellation)
    {
        await certificates.PrepareAsync(cancellation);
        return await database.InDistrictAsync<Outcome<Certificate>>(GatewayDatabase.Own, async session =>
        {
            var deleted = await session.Model.AuditEntries.AsNoTracking().Where(row => row.DistrictId == GatewayDatabase.Own && row.Action == DistrictAction)
                .OrderByDescending(row => row.Sequence).ToListAsync(cancellation);
            foreach (var row in deleted)
            {
                var details = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Details)!;
                if (details.GetValueOrDefault("district") != slug)
                    continue;
                var counts = new SortedDictionary<string, long>(CountsOf(details).ToDictionary(), StringComparer.Ordinal);
                return await certificates.IssueAsync(session, new CertificateContent(
                    CertificateContent.WholeDistrict, slug, null, "end of the contract", counts, row.At, row.At), cancellation);
            }

            return new Failure("certificate.district_not_deleted", "No district of this slug was deleted: a district is certified when all of it is gone.");
        }, cancellation);
    }

    private static async Task<List<Dictionary<string, string>>> DetailsAsync(DistrictSession session, string action, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var rows = await session.Model.AuditEntries.AsNoTracking().Where(row => row.DistrictId == session.District && row.Action == action && row.At >= from && row.At < to)
            .Select(row => row.Details).ToListAsync(cancellation);
        return rows.ConvertAll(row => JsonSerializer.Deserialize<Dictionary<string, string>>(row)!);
    }

    // What is a number is a count; the others say which district and when.
    private static IEnumerable<KeyValuePair<string, long>> CountsOf(Dictionary<string, string> details) => details
        .Where(detail => detail.Key != "district" && long.TryParse(detail.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .Select(detail => KeyValuePair.Create(detail.Key, long.Parse(detail.Value, NumberStyles.None, CultureInfo.InvariantCulture)));

    private static DateTimeOffset Instant(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
