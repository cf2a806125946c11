using Gateway.Launches;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Platforms;

/// <summary>Lets a platform in: one that registered itself, or one that was removed (L-2.1). The next login works.</summary>
internal sealed class ApprovePlatform(GatewayDatabase database, RegistrationDirectory directory)
{
    /// <summary>The registration; one that is active already stays so.</summary>
    public async Task<Outcome<Registration>> RunAsync(int district, int id, CancellationToken cancellation)
    {
        var approved = await database.InDistrictAsync(district, async session =>
        {
            var registration = await session.Model.Registrations.SingleOrDefaultAsync(r => r.Id == id, cancellation);
            if (registration is null)
                return null;
            registration.State = RegistrationState.Active;
            await session.Model.SaveChangesAsync(cancellation);
            return registration;
        }, cancellation);
        if (approved is null)
            return PlatformFailures.Unknown;
        directory.Forget(id);
        return approved;
    }
}
