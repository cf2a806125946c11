using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Lti.Launches.Phases;

/// <summary>The parts of a compact JWS (RFC 7515 7.1), decoded.</summary>
internal sealed class CompactToken
{
    private static readonly SearchValues<char> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private CompactToken(byte[] header, byte[] payload, byte[] signed, byte[] signature) =>
        (Header, Payload, Signed, Signature) = (header, payload, signed, signature);

    public byte[] Header { get; }

    public byte[] Payload { get; }

    /// <summary>ASCII of <c>header.payload</c>: what the signature covers.</summary>
    public byte[] Signed { get; }

    public byte[] Signature { get; }

    /// <summary>Three parts of base64url, or null.</summary>
    public static CompactToken? Read(ReadOnlySpan<char> token)
    {
        var first = token.IndexOf('.');
        var second = first < 0 ? -1 : token[(first + 1)..].IndexOf('.') + first + 1;
        if (second <= first) return null;
        // An empty signature is left to the header: "alg": "none" has a refusal of its own.
        return TryDecode(token[..first], out var header) && header.Length > 0
            && TryDecode(token[(first + 1)..second], out var payload) && payload.Length > 0
            && TryDecode(token[(second + 1)..], out var signature)
            ? new CompactToken(header, payload, Ascii(token[..second]), signature)
            : null;
    }

    private static bool TryDecode(ReadOnlySpan<char> part, out byte[] bytes)
    {
        bytes = [];
        // The framework's decoder skips white space and takes padding; RFC 7515 2 has neither.
        if (part.ContainsAnyExcept(Letters) || !Base64Url.IsValid(part)) return false;
        bytes = Base64Url.DecodeFromChars(part);
        return true;
    }

    private static byte[] Ascii(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length];
        Encoding.ASCII.GetBytes(text, bytes);
        return bytes;
    }
}
