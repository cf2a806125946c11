using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Lti.Launches;

/// <summary>
/// What is sealed into <c>state</c> between login and launch. <c>IsOpen</c>: several registrations share the client, and the deployment
/// of the token chooses among them.
/// </summary>
internal sealed record LoginState(
    string RegistrationId, DateTimeOffset ExpiresAt, byte[] Nonce, byte[] BindingHash, string? StorageTarget, string? TargetLinkUri, bool IsOpen = false)
{
    private const byte Layout = 2;
    private const byte OpenLayout = 3;
    private const int NonceLength = 16;
    private const int FixedLength = 1 + 8 + NonceLength + SHA256.HashSizeInBytes + 2 + 1;

    /// <summary>The browser keeps the value; the state knows only its hash.</summary>
    public static byte[] HashBinding(string value) => SHA256.HashData(Encoding.UTF8.GetBytes(value));

    /// <summary>
    /// Layout: 2 (3 for an open choice) ‖ expiry in milliseconds (8) ‖ nonce (16) ‖ binding hash (32) ‖ length of id (2) ‖ length of storage target (1) ‖ id ‖
    /// storage target ‖ target link.
    /// </summary>
    public byte[] ToBytes()
    {
        var id = Encoding.UTF8.GetBytes(RegistrationId);
        var storage = Encoding.ASCII.GetBytes(StorageTarget ?? "");
        var link = Encoding.UTF8.GetBytes(TargetLinkUri ?? "");
        var bytes = new byte[FixedLength + id.Length + storage.Length + link.Length];
        bytes[0] = IsOpen ? OpenLayout : Layout;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), ExpiresAt.ToUnixTimeMilliseconds());
        Nonce.CopyTo(bytes.AsSpan(9));
        BindingHash.CopyTo(bytes.AsSpan(9 + NonceLength));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(FixedLength - 3), checked((ushort)id.Length));
        bytes[FixedLength - 1] = checked((byte)storage.Length);
        id.CopyTo(bytes.AsSpan(FixedLength));
        storage.CopyTo(bytes.AsSpan(FixedLength + id.Length));
        link.CopyTo(bytes.AsSpan(FixedLength + id.Length + storage.Length));
        return bytes;
    }

    /// <summary>Null when the layout is another: a state that an older or newer release sealed.</summary>
    public static LoginState? FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedLength || bytes[0] is not (Layout or OpenLayout)) return null;
        int idLength = BinaryPrimitives.ReadUInt16BigEndian(bytes[(FixedLength - 3)..]);
        int storageLength = bytes[FixedLength - 1];
        var rest = bytes[FixedLength..];
        var expires = BinaryPrimitives.ReadInt64BigEndian(bytes[1..]);
        if (idLength + storageLength > rest.Length || expires < 0 || expires > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()) return null;
        var link = Encoding.UTF8.GetString(rest[(idLength + storageLength)..]);
        return new LoginState(
            Encoding.UTF8.GetString(rest[..idLength]),
            DateTimeOffset.FromUnixTimeMilliseconds(expires),
            bytes.Slice(9, NonceLength).ToArray(),
            bytes.Slice(9 + NonceLength, SHA256.HashSizeInBytes).ToArray(),
            storageLength == 0 ? null : Encoding.ASCII.GetString(rest.Slice(idLength, storageLength)),
            link.Length == 0 ? null : link,
            bytes[0] == OpenLayout);
    }
}
