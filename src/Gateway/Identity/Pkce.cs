using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Identity;

/// <summary>Proof key for code exchange, RFC 7636, S256 only.</summary>
internal static class Pkce
{
    /// <summary>RFC 7636, 4.2: the base64url of 32 bytes is 43 characters.</summary>
    public static bool TryReadChallenge(string challenge, out byte[] hash)
    {
        hash = new byte[SHA256.HashSizeInBytes];
        return challenge.Length == 43
            && Base64Url.IsValid(challenge)
            && Base64Url.TryDecodeFromChars(challenge, hash, out var written) && written == hash.Length;
    }

    /// <summary>RFC 7636, 4.1 and 4.6: 43 to 128 unreserved characters that hash to the challenge.</summary>
    public static bool Matches(string verifier, ReadOnlySpan<byte> challenge) =>
        verifier.Length is >= 43 and <= 128
        && verifier.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~')
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)), challenge);
}
