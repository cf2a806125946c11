using System.Text.Json;
using System.Text.Unicode;
using Microsoft.IdentityModel.Tokens;

namespace Lti.Launches.Phases;

/// <summary>1EdTech Security Framework 5.1.3 and 6.1: asymmetric, with a key id, and no key or URL of the token's own choice.</summary>
internal static class TokenHeaderPhase
{
    private const int LongestKeyId = 512;

    private static readonly string[] Allowed =
        [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];

    // RFC 7515 4.1: keys and addresses of keys. "crit" (4.1.11) would demand an extension; none is known here.
    private static readonly string[] Forbidden = ["jwk", "jku", "x5u", "x5c", "crit"];

    public static LaunchRefusal? Run(LaunchAttempt attempt)
    {
        if (Read(attempt.Token, out var header) is { } refusal) return refusal;
        attempt.Header = header!;
        return null;
    }

    public static LaunchRefusal? Read(CompactToken token, out TokenHeader? header)
    {
        header = null;
        if (!Utf8.IsValid(token.Header)) return LaunchRefusal.TokenMalformed;
        try
        {
            if (Read(token.Header, out var algorithm, out var keyId) is { } refusal) return refusal;
            // RFC 7515 3.1: an unsigned token has an empty third part, a signed one never.
            if (token.Signature.Length == 0) return LaunchRefusal.TokenMalformed;
            header = new TokenHeader(algorithm!, keyId!);
            return null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return LaunchRefusal.TokenMalformed;
        }
    }

    private static LaunchRefusal? Read(ReadOnlySpan<byte> header, out string? algorithm, out string? keyId)
    {
        algorithm = keyId = null;
        var (hasAlgorithm, hasKeyId, isEmbedding) = (false, false, false);
        LaunchRefusal? algorithmFault = LaunchRefusal.AlgorithmUnsupported;
        Utf8JsonReader reader = new(header, new JsonReaderOptions { MaxDepth = 8 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return LaunchRefusal.TokenMalformed;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isAlgorithm, isKeyId) = (reader.ValueTextEquals("alg"u8), reader.ValueTextEquals("kid"u8));
            if ((isAlgorithm && hasAlgorithm) || (isKeyId && hasKeyId)) return LaunchRefusal.TokenMalformed;
            foreach (var name in Forbidden) isEmbedding |= reader.ValueTextEquals(name);
            reader.Read();
            if (isAlgorithm)
            {
                hasAlgorithm = true;
                algorithmFault = ReadAlgorithm(ref reader, out algorithm);
            }
            else if (isKeyId)
            {
                hasKeyId = true;
                if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length is > 0 and <= LongestKeyId) keyId = reader.GetString();
            }

            reader.Skip();
        }

        if (reader.Read()) return LaunchRefusal.TokenMalformed;
        return algorithmFault
            ?? (isEmbedding ? LaunchRefusal.KeyEmbedded : null)
            ?? (keyId is null ? LaunchRefusal.KeyIdMissing : null);
    }

    private static LaunchRefusal? ReadAlgorithm(ref Utf8JsonReader reader, out string? algorithm)
    {
        algorithm = null;
        if (reader.TokenType != JsonTokenType.String) return LaunchRefusal.AlgorithmUnsupported;
        foreach (var name in Allowed)
        {
            if (reader.ValueTextEquals(name)) algorithm = name;
        }

        if (algorithm is not null) return null;
        if (System.Text.Ascii.EqualsIgnoreCase(reader.ValueSpan, "none"u8)) return LaunchRefusal.AlgorithmNone;
        return reader.ValueSpan.StartsWith("HS"u8) ? LaunchRefusal.AlgorithmSymmetric : LaunchRefusal.AlgorithmUnsupported;
    }
}
