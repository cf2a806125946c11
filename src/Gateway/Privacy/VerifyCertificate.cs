using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Privacy;

/// <summary>A certificate whose signature is good.</summary>
internal sealed record VerifiedCertificate(string Issuer, DateTimeOffset IssuedAt, string Id, string Kid, CertificateContent Content);

/// <summary>Checks a certificate of deletion with the public keys alone (P-3.4): no database, no network.</summary>
internal static class VerifyCertificate
{
    public const int LongestText = 64 * 1024;

    public static readonly Failure Malformed = new("certificate.malformed", "This is no certificate of deletion: paste the whole text, three parts with two dots between them.");

    public static readonly Failure KeyUnknown = new("certificate.key_unknown", "It is signed with a key that is not among those given: fetch /privacy/certificates/keys of the gateway that issued it.");

    public static readonly Failure SignatureInvalid = new("certificate.signature_invalid", "The signature does not fit: the certificate was altered, or is not by this gateway.");

    private static readonly JsonWebTokenHandler Handler = new();

    /// <summary>Reads a key set (RFC 7517); null when it is none.</summary>
    public static IReadOnlyList<JsonWebKey>? KeysOf(string jwks)
    {
        try
        {
            return [.. new JsonWebKeySet(jwks).Keys];
        }
        catch (Exception e) when (e is ArgumentException or JsonException)
        {
            return null;
        }
    }

    public static async Task<Outcome<VerifiedCertificate>> RunAsync(string text, IEnumerable<JsonWebKey> keys)
    {
        var statement = text.Trim();
        if (statement.Length is 0 or > LongestText || !Handler.CanReadToken(statement))
            return Malformed;
        var result = await Handler.ValidateTokenAsync(statement, new TokenValidationParameters
        {
            IssuerSigningKeys = keys,
            ValidTypes = [Certificates.Type],
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            TryAllIssuerSigningKeys = false,
            // It says itself who issued it, is for everybody, and holds for good.
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
            RequireExpirationTime = false,
        });
        if (!result.IsValid)
            return result.Exception switch
            {
                SecurityTokenSignatureKeyNotFoundException => KeyUnknown,
                SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException => SignatureInvalid,
                _ => Malformed,
            };
        var token = (JsonWebToken)result.SecurityToken;
        using var claims = JsonDocument.Parse(Base64UrlEncoder.Decode(token.EncodedPayload));
        return CertificateContent.Parse(claims.RootElement) is { } content
            ? new VerifiedCertificate(token.Issuer, new DateTimeOffset(token.IssuedAt, TimeSpan.Zero), token.Id, token.Kid, content)
            : Malformed;
    }
}
