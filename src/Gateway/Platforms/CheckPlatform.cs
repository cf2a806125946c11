using Gateway.Launches;
using Lti.Registrations;
using Registration = Gateway.Storage.Model.Registration;

namespace Gateway.Platforms;

/// <summary>What a connection check found at one platform.</summary>
internal sealed record PlatformCheck(Registration Registration, IReadOnlyList<ConnectionFinding> Findings);

/// <summary>Tries the connection to a district's platforms (L-2.4): nothing of a person is involved, nothing is stored.</summary>
internal sealed class CheckPlatform(ListPlatforms platforms, RegistrationDirectory directory, ConnectionCheck connection)
{
    /// <summary>One platform, or all that are not removed.</summary>
    public async Task<Outcome<IReadOnlyList<PlatformCheck>>> RunAsync(int district, int? id, CancellationToken cancellation)
    {
        var known = await platforms.RunAsync(district, cancellation);
        var wanted = known.Where(p => id is null ? p.Registration.State != RegistrationState.Removed : p.Registration.Id == id).ToList();
        if (wanted.Count == 0)
            return id is null ? new Failure("platform.none", "The district has no platform: see `platform values` and `platform invite`.") : PlatformFailures.Unknown;

        var checks = new List<PlatformCheck>();
        foreach (var platform in wanted)
            checks.Add(new(platform.Registration, [.. await FindingsAsync(platform.Registration, cancellation), .. OfKeys(platform), .. OfDeployments(platform)]));
        return checks;
    }

    private static IEnumerable<ConnectionFinding> OfKeys(ListedPlatform platform)
    {
        if (platform.Key.NextJwksUrl is not null)
            yield return new("tool keys", ConnectionMark.Warning, "platform.key_moving", "The platform is being moved to keys of its own.", "Tell it the new address (`platform key`), then `platform key … --switch`.");
        else if (platform.Key.Keys == PlatformKeyState.Shared)
            yield return new("tool keys", ConnectionMark.Warning, "platform.key_shared", "What is signed for this platform is signed with the key that all registrations of before share.", "`platform key … --own` gives it its own.");
    }

    private static IEnumerable<ConnectionFinding> OfDeployments(ListedPlatform platform)
    {
        if (platform.Deployments.Any(d => d.State == DeploymentState.Waiting))
            yield return new("deployments", ConnectionMark.Warning, "platform.deployments_wait", "Installations launch that nobody has approved.", "`platform deployment … list` shows them.");
    }

    private async Task<IEnumerable<ConnectionFinding>> FindingsAsync(Registration registration, CancellationToken cancellation)
    {
        if (await directory.GetAsync(registration.Id, cancellation) is not { } platform)
            return [new("approval", ConnectionMark.Failed, "platform.removed", "The platform was removed.", "`platform approve` brings it back.")];
        TimeSpan? behind = registration.ClockBehind is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        IEnumerable<ConnectionFinding> findings = await connection.RunAsync(platform.Registration, ToolFacts.Scopes, behind, cancellation);
        if (registration.WaitingAddresses is not null)
            findings = findings.Prepend(new("addresses", ConnectionMark.Warning, "platform.addresses_wait", "The platform registered again with other addresses, which wait: `platform list` shows them.",
                "`platform approve` puts them in force, `platform keep` refuses them."));
        return platform.Registration.IsPending
            ? findings.Prepend(new("approval", ConnectionMark.Failed, "platform.pending", "The platform waits for approval.", "`platform approve` lets it in."))
            : findings;
    }
}
