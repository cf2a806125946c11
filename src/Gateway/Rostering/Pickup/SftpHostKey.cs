using System.Buffers.Binary;
using System.Text;

namespace Gateway.Rostering.Pickup;

/// <summary>The key that a server has to show: <c>ssh-ed25519 AAAA…</c>, as <c>ssh-keyscan</c> or the server's operator gives it.</summary>
internal sealed record SftpHostKey
{
    private static readonly Dictionary<string, string> Signatures = new(StringComparer.Ordinal)
    {
        ["ssh-ed25519"] = "ssh-ed25519",
        ["ecdsa-sha2-nistp256"] = "ecdsa-sha2-nistp256",
        ["ecdsa-sha2-nistp384"] = "ecdsa-sha2-nistp384",
        ["ecdsa-sha2-nistp521"] = "ecdsa-sha2-nistp521",
        // RFC 8332: an RSA key signs with SHA-2; with SHA-1 it is not taken.
        ["ssh-rsa"] = "rsa-sha2-512,rsa-sha2-256",
    };

    private SftpHostKey(string kind, string blob) => (Kind, Blob) = (kind, blob);

    public string Kind { get; }

    public string Blob { get; }

    /// <summary>What the server may sign with.</summary>
    public string Algorithms => Signatures[Kind];

    /// <summary>Null when the text is no public key of a kind that is taken. A comment behind it is dropped.</summary>
    public static SftpHostKey? Parse(string? text)
    {
        var parts = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length < 2 || !Signatures.ContainsKey(parts[0]))
            return null;
        var blob = new byte[parts[1].Length];
        // RFC 4253, 6.6: the blob begins with its own kind.
        return Convert.TryFromBase64String(parts[1], blob, out var length)
            && length > 4 + parts[0].Length
            && BinaryPrimitives.ReadUInt32BigEndian(blob) == parts[0].Length
            && blob.AsSpan(4, parts[0].Length).SequenceEqual(Encoding.ASCII.GetBytes(parts[0]))
            ? new SftpHostKey(parts[0], parts[1])
            : null;
    }

    public override string ToString() => $"{Kind} {Blob}";
}
