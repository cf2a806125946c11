using Gateway.Hosting;
using Lti.Messages;
using Lti.Security;
using Microsoft.Extensions.Options;

namespace Gateway.Launches;

/// <summary>
/// Where a platform's line items are: one origin (RFC 6454) for each registration, learned at the first launch that has one. An access token
/// goes there and nowhere else.
/// </summary>
internal sealed class LineItemOrigins(IOptions<GatewayOptions> options)
{
    private const int Longest = 255;

    /// <summary>The origin of the line item that scores of this launch would go to; null: there is none, or nothing may be sent there.</summary>
    public string? Of(LaunchMessage message) =>
        message.GradeService is { LineItem: { } item, Scopes: var scopes } && scopes.Contains(LtiScopes.Score) ? Of(item) : null;

    /// <summary>
    /// Scheme, host and port as browsers write them; null: not an absolute https address (http only with <c>Gateway__AllowPrivateNetworks</c>),
    /// or one with a user name.
    /// </summary>
    public string? Of(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0
            || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && options.Value.AllowPrivateNetworks)))
            return null;
        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        var origin = uri.IsDefaultPort ? $"{uri.Scheme}://{host}" : $"{uri.Scheme}://{host}:{uri.Port}";
        return host.Length == 0 || origin.Length > Longest ? null : origin;
    }

    /// <summary>Whether a score may be sent to this line item of a platform whose origin is known.</summary>
    public bool Admits(string? known, string lineItem) => known is not null && Of(lineItem) == known;
}
