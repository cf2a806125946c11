using System.Security.Cryptography;

namespace Gateway.Identity;

/// <summary>The ids under which things of this room stand in <c>spent_value</c>, which also holds others' things; they must not meet.</summary>
internal static class SpentId
{
    private const int LongestUse = 32;

    /// <param name="launch">The launch that it is about.</param>
    /// <param name="use">What of the launch was used: a short constant.</param>
    public static Guid Of(Guid launch, ReadOnlySpan<byte> use)
    {
        Span<byte> message = stackalloc byte[16 + LongestUse];
        launch.TryWriteBytes(message);
        use.CopyTo(message[16..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message[..(16 + use.Length)], hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}
