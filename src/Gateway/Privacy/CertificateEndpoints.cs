using Gateway.Privacy.Rights;

namespace Gateway.Privacy;

/// <summary>The public pages about certificates of deletion (P-3.4).</summary>
internal static class CertificateEndpoints
{
    public const string KeysPath = "/privacy/certificates/keys";
    public const string VerifyPath = "/privacy/certificates/verify";

    public static void MapCertificates(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(KeysPath, CertificateKeysEndpoint.HandleAsync).ExcludeFromDescription();
        routes.MapGet(VerifyPath, VerifyCertificateEndpoint.Show).ExcludeFromDescription();
        routes.MapPost(VerifyPath, VerifyCertificateEndpoint.HandleAsync).ExcludeFromDescription();
    }
}
