using Gateway.Hosting;
using Gateway.Identity;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Privacy;

/// <summary>
/// Signs certificates of deletion (P-3.4): a JWS with ES256 under a key of this purpose alone, whose public part stays published for good.
/// What was signed is kept: it holds nobody.
/// </summary>
internal sealed class Certificates(SigningKeys keys, PublicAddress address, TimeProvider time)
{
    /// <summary>The header's <c>typ</c>.</summary>
    public const string Type = "deletion-certificate+jwt";

    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Has the key at hand, so that nothing is waited for in the transaction of a deletion.</summary>
    public async Task PrepareAsync(CancellationToken cancellation) => await keys.ActiveAsync(SigningPurpose.Certificate, cancellation);

    /// <summary>Signs and keeps a certificate, in the transaction of what it certifies.</summary>
    public async Task<Certificate> IssueAsync(DistrictSession session, CertificateContent content, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var pair = await keys.ActiveAsync(SigningPurpose.Certificate, cancellation);
        var claims = content.ToClaims();
        claims["jti"] = id.ToString();
        var certificate = new Certificate
        {
            Id = id,
            DistrictId = session.District,
            Kind = content.Kind,
            ErasureId = content.ErasureId,
            IssuedAt = now,
            Statement = Handler.CreateToken(new SecurityTokenDescriptor
            {
                TokenType = Type,
                Issuer = address.Url,
                IssuedAt = now.UtcDateTime,
                Claims = claims,
                SigningCredentials = pair.Credentials,
            }),
        };
        session.Model.Certificates.Add(certificate);
        await session.Model.SaveChangesAsync(cancellation);
        return certificate;
    }
}
