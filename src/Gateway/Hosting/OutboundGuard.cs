using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>
/// The one way out: every outbound request of the gateway goes through this handler. It connects only to public addresses (unless
/// <c>Gateway__AllowPrivateNetworks</c>), checked on the address that is really connected to, so that a name that resolves inward
/// gets nowhere (L-1.12).
/// </summary>
internal sealed class OutboundGuard(IOptions<GatewayOptions> options)
{
    public const string ClientName = "outbound";

    public SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        // Through a proxy of the environment only the proxy's address would be checked.
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ActivityHeadersPropagator = null,
        ConnectCallback = ConnectAsync,
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        var allowed = Array.FindAll(addresses, address => options.Value.AllowPrivateNetworks || PublicNetwork.Contains(address));
        if (allowed.Length == 0)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "outbound.address_refused: the address is not a public one (Gateway__AllowPrivateNetworks)");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
