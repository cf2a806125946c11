using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Platforms;

/// <summary>Stores registrations and their deployments.</summary>
internal sealed class RegistrationRows(GatewayDatabase database)
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
            }, cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new Failure("platform.exists",
                "A platform with this issuer and client id is registered already, here or for another district: a removed one comes back with `platform approve`.");
        }

        return registration;
    }
}
