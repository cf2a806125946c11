using System.Net;
using Gateway.Hosting;
using Gateway.Privacy;
using Microsoft.Extensions.Options;

namespace Gateway.Platforms;

/// <summary>
/// The rules of `platform add` for registrations that come with a district from another gateway, and those that a person at the keyboard needs
/// no rule for: not more than a district can have, none twice, no control characters, no address inside.
/// </summary>
internal sealed class MovedRegistrationRules(TokenAudienceOwners audiences, IOptions<GatewayOptions> options) : IMovedRegistrationRules
{
    public const int Most = 200;
    private const int MostDeployments = 10_000;
    private const int LongestText = 1_024;

    public async Task<IReadOnlyList<Failure>> CheckAsync(IReadOnlyList<MovedRegistration> registrations, CancellationToken cancellation)
    {
        var found = new List<Failure>();
        if (registrations.Count > Most)
            found.Add(new("successor.platforms_too_many", $"The bundle brings more than {Most} platforms."));
        if (registrations.Select(one => (one.Issuer, one.ClientId)).Distinct().Count() != registrations.Count)
            found.Add(new("successor.platform_twice", "The bundle brings a platform twice."));
        foreach (var one in registrations.Take(Most))
        {
            found.AddRange(await RegistrationAsync(one, cancellation));
            if (one.DeploymentIds.Count > MostDeployments)
                found.Add(new("successor.deployments_too_many", $"A platform of the bundle has more than {MostDeployments} deployments."));
            if (Texts(one).Any(text => text?.Length > LongestText || text?.Any(char.IsControl) == true))
                found.Add(new("successor.platform_text_invalid", $"A text of a platform is longer than {LongestText} characters or has control characters in it."));
            if (new[] { one.Issuer, one.AuthorizationEndpoint, one.TokenEndpoint, one.JwksUri }.Any(LeadsInside))
                found.Add(new("successor.platform_inside", "An address of a platform leads into a private network (Gateway__AllowPrivateNetworks)."));
        }

        return [.. found.Distinct()];
    }

    private async Task<IReadOnlyList<Failure>> RegistrationAsync(MovedRegistration one, CancellationToken cancellation)
    {
        if (PlatformKinds.Find(one.Kind) is not { } kind)
            return [PlatformFailures.KindUnknown];
        // What the kind says by itself is on record like what a person gave.
        var audience = one.TokenAudience == kind.TokenAudience(one.TokenEndpoint) ? null : one.TokenAudience;
        var source = SisSource.Of(one.SisParameter).ToString();
        var asked = AddPlatformRules.Check(new(
            one.Kind, one.Issuer, one.ClientId, one.DeploymentIds, one.AuthorizationEndpoint, one.TokenEndpoint, one.JwksUri, SisId: source, TokenAudience: audience));
        if (!asked.Succeeded)
            return asked.Failures;
        return await audiences.IsOfAnotherAsync(null, asked.Value, kind, cancellation) ? [TokenAudiences.OfAnother] : [];
    }

    private static IEnumerable<string?> Texts(MovedRegistration one) =>
        [one.Kind, one.Issuer, one.ClientId, one.AuthorizationEndpoint, one.TokenEndpoint, one.JwksUri, one.TokenAudience, one.SisParameter, .. one.DeploymentIds, .. one.Others];

    // A name that resolves inward is stopped where it is connected to (OutboundGuard).
    private bool LeadsInside(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
            return false;
        var host = url.IdnHost.TrimEnd('.');
        if (IPAddress.TryParse(url.HostNameType == UriHostNameType.IPv6 ? url.DnsSafeHost : host, out var address))
            return NeverTargets.Contain(address) || (!options.Value.AllowPrivateNetworks && !PublicNetwork.Contains(address));
        return !options.Value.AllowPrivateNetworks
            && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase));
    }
}
