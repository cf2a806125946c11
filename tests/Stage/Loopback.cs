using System.Net;
using System.Net.Sockets;

namespace Gateway.Stage;

/// <summary>Addresses for servers that must know their own address before they listen.</summary>
internal static class Loopback
{
    /// <summary>An address of this machine on a port that is free now.</summary>
    public static string FreeUrl()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }
}
