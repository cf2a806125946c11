using System.Globalization;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Platforms;

/// <summary>Stores registrations and their deployments.</summary>
internal sealed class RegistrationRows(GatewayDatabase database, AuditTrail trail)
{
    public async Task<Outcome<Registration>> AddAsync(Registration registration, IReadOnlyList<string> deployments, CancellationToken cancellation)
    {
        try
        {
            await database.InDistrictAsync(registration.DistrictId, async session =>
            {
                session.Model.Registrations.Add(registration);
                await session.Model.SaveChangesAsync(cancellation);
                session.Model.Deployments.AddRange(deployments.Distinct(StringComparer.Ordinal).Select(id => new Deployment
                {
                    DistrictId = registration.DistrictId,
                    RegistrationId = registration.Id,
                    DeploymentId = id,
                    CreatedAt = registration.CreatedAt,
                }));
                await session.Model.SaveChangesAsync(cancellation);
                await trail.AppendAsync(session, EntryOf(registration), cancellation);
            }, cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new Failure("platform.exists",
                "A platform with this issuer and client id is registered already, here or for another district: a removed one comes back with `platform approve`.");
        }

        return registration;
    }

    private static AuditEntry EntryOf(Registration registration) => AuditEntry.Of(
        registration.Source == RegistrationSource.Dynamic ? AuditEntry.Platform : AuditEntry.Operator,
        registration.State == RegistrationState.Pending ? "platform.registered" : "platform.added",
        ("platform", registration.Id.ToString(CultureInfo.InvariantCulture)), ("kind", registration.Kind), ("issuer", registration.Issuer));
}
