using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Platforms;

/// <summary>A platform of a district as it is shown.</summary>
/// <param name="Registration">Its row.</param>
/// <param name="Deployments">Those that launch and those that wait.</param>
/// <param name="Key">With which of the tool's keys the gateway signs for it.</param>
internal sealed record ListedPlatform(Registration Registration, IReadOnlyList<Deployment> Deployments, PlatformKeyState Key)
{
    /// <summary>The ids of those that launch.</summary>
    public IReadOnlyList<string> DeploymentIds => [.. Deployments.Where(d => d.State == DeploymentState.Active).Select(d => d.DeploymentId)];

    /// <summary>Where it answers.</summary>
    public PlatformEndpoints Addresses => Platforms.WaitingAddresses.InForce(Registration).At(Registration.Issuer);

    /// <summary>Hosts of its addresses that are not on its issuer's site.</summary>
    public IReadOnlyList<string> HostsElsewhere => PlatformSite.HostsElsewhere(Addresses, PlatformKinds.Of(Registration.Kind));
}

/// <summary>A district's registrations and their deployments.</summary>
internal sealed class ListPlatforms(GatewayDatabase database, PlatformKey key)
{
    public Task<IReadOnlyList<ListedPlatform>> RunAsync(int district, CancellationToken cancellation) =>
        database.InDistrictAsync<IReadOnlyList<ListedPlatform>>(district, async session =>
        {
            var registrations = await session.Model.Registrations.AsNoTracking().OrderBy(r => r.Id).ToListAsync(cancellation);
            var deployments = await session.Model.Deployments.AsNoTracking().OrderBy(d => d.CreatedAt).ThenBy(d => d.DeploymentId).ToListAsync(cancellation);
            var listed = new List<ListedPlatform>();
            foreach (var registration in registrations)
                listed.Add(new(registration, [.. deployments.Where(d => d.RegistrationId == registration.Id)], await key.StateOfAsync(session, registration, cancellation)));
            return listed;
        }, cancellation);

    /// <summary>One of them.</summary>
    public async Task<Outcome<ListedPlatform>> FindAsync(int district, int id, CancellationToken cancellation) =>
        (await RunAsync(district, cancellation)).FirstOrDefault(platform => platform.Registration.Id == id) is { } found ? found : PlatformFailures.Unknown;
}
