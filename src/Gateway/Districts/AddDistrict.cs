using System.Text.RegularExpressions;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Districts;

/// <summary>Makes a district, its first key and its acceptance of the policy in force, which is part of the contract, in one transaction.</summary>
internal sealed partial class AddDistrict(GatewayDatabase database, DistrictKeys keys, AcceptedPolicies policies, AuditTrail trail, TimeProvider time)
{
    public async Task<Outcome<District>> RunAsync(string slug, string name, string timeZone, DateOnly? contractEnd, bool guestsAllowed, CancellationToken cancellation)
    {
        var failures = Check(slug, name, timeZone);
        if (failures.Count > 0)
            return Outcome<District>.Failed(failures);

        var district = new District { Slug = slug, Name = name, TimeZone = timeZone, ContractEnd = contractEnd, GuestsAllowed = guestsAllowed, CreatedAt = time.GetUtcNow() };
        try
        {
            await database.InNewDistrictAsync(InsertAsync, async session =>
            {
                keys.Create(session);
                policies.Begin(session);
                await session.Model.SaveChangesAsync(cancellation);
                await trail.AppendAsync(session, AuditEntry.ByOperator(
                    "district.added", ("district", slug), ("timeZone", timeZone), ("contractEnd", contractEnd?.ToString("O")), ("guests", guestsAllowed ? "allowed" : "refused")), cancellation);
            }, cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new Failure("district.exists", $"There is a district {slug} already: choose another slug, or see `district show {slug}`.");
        }

        return district;

        async Task<int> InsertAsync(GatewayDbContext model)
        {
            model.Districts.Add(district);
            await model.SaveChangesAsync(cancellation);
            return district.Id;
        }
    }

    private static List<Failure> Check(string slug, string name, string timeZone)
    {
        var failures = new List<Failure>();
        if (!Slug().IsMatch(slug))
            failures.Add(new("district.slug_invalid", "A district's slug is 1 to 63 of a-z, 0-9 and -, and does not begin with -."));
        if (string.IsNullOrWhiteSpace(name) || name.Length > 200)
            failures.Add(new("district.name_invalid", "A district's name is 1 to 200 characters."));
        // Only names of the IANA database mean the same on every replica.
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) || !zone.HasIanaId)
            failures.Add(new("district.time_zone_unknown", "The time zone is not known: give a name of the IANA database, such as America/Chicago."));
        return failures;
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();
}
