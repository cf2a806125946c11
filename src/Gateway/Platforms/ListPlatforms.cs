using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Platforms;

/// <summary>A district's registrations and their deployments.</summary>
internal sealed class ListPlatforms(GatewayDatabase database)
{
    public Task<IReadOnlyList<(Registration Registration, IReadOnlyList<string> Deployments)>> RunAsync(int district, CancellationToken cancellation) =>
        database.InDistrictAsync<IReadOnlyList<(Registration, IReadOnlyList<string>)>>(district, async session =>
        {
            var registrations = await session.Model.Registrations.AsNoTracking().OrderBy(r => r.Id).ToListAsync(cancellation);
            var deployments = await session.Model.Deployments.AsNoTracking().ToListAsync(cancellation);
            return [.. registrations.Select(r => (r, (IReadOnlyList<string>)[.. deployments.Where(d => d.RegistrationId == r.Id).Select(d => d.DeploymentId)]))];
        }, cancellation);
}
