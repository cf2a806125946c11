using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Lti.Launches.Phases;

/// <summary>Size first, then three parts of base64url (RFC 7515 7.1).</summary>
internal static class TokenShapePhase
{
    private static readonly SearchValues<char> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static LaunchRefusal? Run(LaunchAttempt attempt)
    {
        var token = attempt.Request.IdToken.Span;
        if (token.IsEmpty) return LaunchRefusal.TokenMissing;
        // Base64url writes three bytes as four characters.
        if (token.Length / 4 * 3 > attempt.Options.MaxTokenBytes) return LaunchRefusal.TokenTooLarge;

        var first = token.IndexOf('.');
        var second = first < 0 ? -1 : token[(first + 1)..].IndexOf('.') + first + 1;
        if (second <= first) return LaunchRefusal.TokenMalformed;
        // An empty signature is left to the header: "alg": "none" has a refusal of its own.
        if (!TryDecode(token[..first], out var header) || header.Length == 0
            || !TryDecode(token[(first + 1)..second], out var payload) || payload.Length == 0
            || !TryDecode(token[(second + 1)..], out var signature))
        {
            return LaunchRefusal.TokenMalformed;
        }

        attempt.Token = new CompactToken(header, payload, Ascii(token[..second]), signature);
        return null;
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
