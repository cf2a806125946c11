using System.Globalization;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;

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
        catch (Exception e) when (PlatformConflicts.Of(e) is { } conflict)
        {
            return conflict;
        }

        return registration;
    }

    private static AuditEntry EntryOf(Registration registration) => AuditEntry.Of(
        registration.Source == RegistrationSource.Dynamic ? AuditEntry.Platform : AuditEntry.Operator,
        registration.State == RegistrationState.Pending ? "platform.registered" : "platform.added",
        ("platform", registration.Id.ToString(CultureInfo.InvariantCulture)), ("kind", registration.Kind), ("issuer", registration.Issuer));
}
