using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Lti.Security;

/// <summary>The public part of a tool key: what platforms fetch.</summary>
public sealed class ToolPublicKey
{
    internal ToolPublicKey(RSAParameters parameters)
    {
        Parameters = new RSAParameters { Modulus = parameters.Modulus, Exponent = parameters.Exponent };
        // RFC 7638: the id follows from the key, so that it needs no storing and never collides.
        KeyId = Base64UrlEncoder.Encode(new RsaSecurityKey(Parameters).ComputeJwkThumbprint());
    }

    /// <summary>The <c>kid</c>: the key's RFC 7638 thumbprint.</summary>
    public string KeyId { get; }

    internal RSAParameters Parameters { get; }

    /// <summary>Reads a DER SubjectPublicKeyInfo, as <see cref="ExportSubjectPublicKeyInfo"/> gives it.</summary>
    /// <exception cref="CryptographicException">It is not an RSA public key.</exception>
    public static ToolPublicKey Import(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
        return new ToolPublicKey(rsa.ExportParameters(includePrivateParameters: false));
    }

    /// <summary>DER SubjectPublicKeyInfo; not secret.</summary>
    public byte[] ExportSubjectPublicKeyInfo()
    {
        using var rsa = RSA.Create(Parameters);
        return rsa.ExportSubjectPublicKeyInfo();
    }
}
