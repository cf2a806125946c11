using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Gateway.Stage;

/// <summary>Addresses for servers that must know their own address before they listen.</summary>
internal static class Loopback
{
    // Below the ports that the system gives to connections, which would take one between the choice and its use. One after the other from a
    // place of this run's own, so that none is chosen twice.
    private const int First = 10_000;
    private const int Count = 20_000;
    private static int next = RandomNumberGenerator.GetInt32(Count);

    /// <summary>An address of this machine on a port that is free now, and that nobody else here is given.</summary>
    public static string FreeUrl()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref next) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return $"http://127.0.0.1:{port}";
            }
            catch (SocketException)
            {
                // It is in use.
            }
        }
    }
}
