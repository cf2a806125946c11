using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>
/// The one way out: every outbound request of the gateway goes through this handler. It connects only to public addresses (unless
/// <c>Gateway__AllowPrivateNetworks</c>) and never to what hosts give their machines (<see cref="NeverTargets"/>), checked on the address that is really connected to, so that a name that resolves inward
/// gets nowhere (L-1.12).
/// </summary>
internal sealed class OutboundGuard(IOptions<GatewayOptions> options)
{
    public const string ClientName = "outbound";

    private const string AddressRefused = "outbound.address_refused";

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

    /// <summary>The addresses of a host that may be connected to; whoever asks connects to one of these, not to the name.</summary>
    /// <exception cref="SocketException">The name is not known.</exception>
    public async Task<IPAddress[]> AllowedAddressesAsync(string host, CancellationToken cancellation) => Array.FindAll(
        await Dns.GetHostAddressesAsync(host, cancellation), address => !NeverTargets.Contain(address) && (options.Value.AllowPrivateNetworks || PublicNetwork.Contains(address)));

    /// <summary>Whether a request failed because the guard does not let it out.</summary>
    public static bool IsRefusal(HttpRequestException failure) => failure.Message.StartsWith(AddressRefused, StringComparison.Ordinal);

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var allowed = await AllowedAddressesAsync(context.DnsEndPoint.Host, cancellation);
        if (allowed.Length == 0)
            throw new HttpRequestException(HttpRequestError.ConnectionError, $"{AddressRefused}: the address is not a public one (Gateway__AllowPrivateNetworks)");

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
