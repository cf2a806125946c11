using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>The gateway's address as others see it: the setting or, without one, the first address that the server listens on.</summary>
internal sealed class PublicAddress(IOptions<GatewayOptions> options, IServiceProvider services)
{
    private string? url;

    /// <summary>Scheme, host and port (and path base, if any), without a trailing slash.</summary>
    public string Url => url ??= Find();

    private string Find()
    {
        var address = options.Value.PublicUrl
            ?? services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("Gateway__PublicUrl is not set and the server does not listen yet.");
        return address.TrimEnd('/');
    }
}
