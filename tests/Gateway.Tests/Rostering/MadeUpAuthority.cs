using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Gateway.Tests.Rostering;

/// <summary>A certificate authority of a district's own, and what it signs.</summary>
internal sealed class MadeUpAuthority : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 authority;

    public MadeUpAuthority()
    {
        var request = new CertificateRequest("CN=Made-up authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority = request.CreateSelfSigned(Now.AddYears(-2), Now.AddYears(2));
    }

    public string Pem => authority.ExportCertificatePem();

    /// <summary>For 127.0.0.1, unless another name is given.</summary>
    public X509Certificate2 Sign(string? host = null, bool expired = false)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = RequestFor(own, host);
        using var signed = request.Create(authority, Now.AddYears(-1), expired ? Now.AddDays(-1) : Now.AddYears(1), [1, 2, 3, 4]);
        return WithKey(signed, own);
    }

    public static X509Certificate2 SelfSigned()
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = RequestFor(own, null).CreateSelfSigned(Now.AddDays(-1), Now.AddYears(1));
        return X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pkcs12), null);
    }

    public void Dispose()
    {
        authority.Dispose();
        key.Dispose();
    }

    private static CertificateRequest RequestFor(ECDsa own, string? host)
    {
        var request = new CertificateRequest("CN=Made-up server", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (host is null)
            names.AddIpAddress(IPAddress.Loopback);
        else
            names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    private static X509Certificate2 WithKey(X509Certificate2 signed, ECDsa own)
    {
        using var whole = signed.CopyWithPrivateKey(own);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
