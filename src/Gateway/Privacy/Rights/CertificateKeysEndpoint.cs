using Gateway.Identity;

namespace Gateway.Privacy.Rights;

/// <summary><c>GET /privacy/certificates/keys</c>: the keys that check certificates, also those that sign no more.</summary>
internal static class CertificateKeysEndpoint
{
    public static async Task<IResult> HandleAsync(HttpContext http, SigningKeys keys, CancellationToken cancellation) =>
        JsonWebKeys.Answer(http, await keys.PublishedAsync(SigningPurpose.Certificate, cancellation));
}
