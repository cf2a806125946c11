using System.Text;
using Gateway.Hosting;
using Gateway.Identity;

namespace Gateway.Privacy.Rights;

/// <summary><c>/privacy/certificates/verify</c>: a form that takes a certificate, and what it says; JSON for whoever accepts that.</summary>
internal static class VerifyCertificateEndpoint
{
    private const string Field = "certificate";

    public static IResult Show(HttpRequest request) => CertificatePages.Form(request.PathBase, null);

    public static async Task<IResult> HandleAsync(HttpContext http, SigningKeys keys, CancellationToken cancellation)
    {
        var text = await TextAsync(http.Request, cancellation);
        var verified = text is null
            ? VerifyCertificate.Malformed
            : await VerifyCertificate.RunAsync(text, (await keys.PublishedAsync(SigningPurpose.Certificate, cancellation)).Select(key => key.PublicKey));
        if (WantsJson(http.Request))
            return verified.Succeeded ? Results.Json(ShapeOf(verified.Value)) : Problems.Of(verified.Failures, StatusCodes.Status422UnprocessableEntity);
        return verified.Succeeded ? CertificatePages.Of(verified.Value) : CertificatePages.Form(http.Request.PathBase, verified.Failures[0]);
    }

    /// <summary>What a certificate says, for programs.</summary>
    internal static object ShapeOf(VerifiedCertificate certificate) => new
    {
        valid = true,
        issuer = certificate.Issuer,
        issuedAt = certificate.IssuedAt,
        id = certificate.Id,
        kid = certificate.Kid,
        certificate.Content.Kind,
        certificate.Content.District,
        certificate.Content.DistrictName,
        certificate.Content.Rule,
        certificate.Content.From,
        certificate.Content.To,
        deleted = certificate.Content.Deleted.Select(one => new { data = one.Key, records = one.Value }),
        erasure = certificate.Content.ErasureId,
        confirmed = certificate.Content.Confirmed.Select(one => new { one.Engine, one.At }),
    };

    private static bool WantsJson(HttpRequest request) =>
        request.GetTypedHeaders().Accept.OrderByDescending(accepted => accepted.Quality ?? 1)
            .FirstOrDefault(accepted => accepted.MediaType.Value is "application/json" or "text/html") is { MediaType.Value: "application/json" };

    // A form field, or the certificate as the body.
    private static async Task<string?> TextAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength is null or > 2 * VerifyCertificate.LongestText)
            return null;
        try
        {
            if (request.HasFormContentType)
                return (await RequestBody.ReadAsync(request, () => request.ReadFormAsync(cancellation)))[Field];
            using var reader = new StreamReader(request.Body, Encoding.UTF8);
            return await RequestBody.ReadAsync(request, () => reader.ReadToEndAsync(cancellation));
        }
        catch (InvalidDataException)
        {
            // A form that holds U+0000, or is none.
            return null;
        }
    }
}
