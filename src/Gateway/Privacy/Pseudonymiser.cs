using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Gateway.Privacy;

/// <summary>
/// Turns raw identifiers of one district into pseudonyms. The hashed message is kind, then namespace and identifier, each behind its
/// length in bytes (32 bits, big-endian): no two different triples make the same message. Thread-safe.
/// </summary>
internal sealed class Pseudonymiser(byte[] key)
{
    private const int StackLimit = 512;
    // Setting a key up costs twice the hashing of an identifier.
    private readonly ConcurrentBag<IncrementalHash> idle = [];

    public Pseudonym Of(IdentifierKind kind, ReadOnlySpan<byte> scope, ReadOnlySpan<byte> identifier)
    {
        var length = 1 + 4 + scope.Length + 4 + identifier.Length;
        var message = length <= StackLimit ? stackalloc byte[StackLimit] : new byte[length];
        message = message[..length];
        message[0] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(message[1..], scope.Length);
        scope.CopyTo(message[5..]);
        BinaryPrimitives.WriteInt32BigEndian(message[(5 + scope.Length)..], identifier.Length);
        identifier.CopyTo(message[(9 + scope.Length)..]);

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!idle.TryTake(out var hmac))
            hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(message);
        hmac.GetHashAndReset(hash);
        idle.Add(hmac);
        CryptographicOperations.ZeroMemory(message);
        return new Pseudonym(new Guid(hash[..16], bigEndian: true));
    }
}
