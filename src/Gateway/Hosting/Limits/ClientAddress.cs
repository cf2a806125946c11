using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Gateway.Hosting.Limits;

/// <summary>
/// From a caller's address to the bucket that it shares with few others: fourteen bits of a hash under a key that this process made and
/// forgets when it ends. So the memory of the limits has an end, nobody can choose whom to share with, and no address is kept (P-1.3).
/// </summary>
internal sealed class ClientAddress
{
    private const int Bits = 14;
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    /// <summary>How many buckets there are at most.</summary>
    public const int Buckets = 1 << Bits;

    public int BucketOf(HttpContext http) => BucketOf(http.Connection.RemoteIpAddress);

    /// <summary>IPv6 counts by its /64: a household or a server has at least that to itself, and may change the rest at will.</summary>
    public int BucketOf(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        var length = address is not null && address.TryWriteBytes(bytes, out var written) ? written : 0;
        if (address?.AddressFamily == AddressFamily.InterNetworkV6)
            length = 8;
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, bytes[..length], hash);
        return BinaryPrimitives.ReadUInt16LittleEndian(hash) & (Buckets - 1);
    }
}
