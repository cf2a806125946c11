using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Gateway.Hosting.Limits;

/// <summary>
/// The proxies whose word on a caller's address is taken (<c>Gateway__TrustedProxies</c>): addresses and networks, separated by commas or
/// blanks. Anybody may write <c>X-Forwarded-For</c>, so nobody else's counts.
/// </summary>
internal static class TrustedProxies
{
    /// <summary>The networks of the setting; null when a part of it is neither an address nor a network.</summary>
    public static IReadOnlyList<IPNetwork>? Parse(string? setting)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in (setting ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPNetwork.TryParse(part, out var network))
                networks.Add(network);
            else if (IPAddress.TryParse(part, out var address))
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else
                return null;
        }

        return networks;
    }

    public static void UseTrustedProxies(this WebApplication application)
    {
        var networks = Parse(application.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.TrustedProxies)!;
        if (networks.Count == 0)
            return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        // What stands in there by itself is the loopback.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
            options.KnownIPNetworks.Add(network);
        application.UseForwardedHeaders(options);
    }
}
