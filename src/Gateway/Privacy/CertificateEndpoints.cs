using Gateway.Hosting;
using Gateway.Privacy.Rights;

namespace Gateway.Privacy;

/// <summary>The public pages about certificates of deletion (P-3.4).</summary>
internal static class CertificateEndpoints
{
    public const string KeysPath = "/privacy/certificates/keys";
    public const string VerifyPath = "/privacy/certificates/verify";

    public static void MapCertificates(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription().Limited(RateLimits.PublicPages);
        pages.MapGet(KeysPath, CertificateKeysEndpoint.HandleAsync);
        pages.MapGet(VerifyPath, VerifyCertificateEndpoint.Show);
        pages.MapPost(VerifyPath, VerifyCertificateEndpoint.HandleAsync);
    }
}
