using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Lti.Security;

/// <summary>A key with which the tool signs (RS256): client assertions now, deep linking answers later. Safe for concurrent use.</summary>
public sealed class ToolKey
{
    private const int Bits = 2048;

    private readonly RSAParameters parameters;

    private ToolKey(RSAParameters parameters)
    {
        this.parameters = parameters;
        PublicKey = new ToolPublicKey(parameters);
        // Made from parameters, not from an RSA object: the signature providers then keep a pool of their own.
        Signing = new SigningCredentials(new RsaSecurityKey(parameters) { KeyId = PublicKey.KeyId }, SecurityAlgorithms.RsaSha256);
    }

    /// <summary>The <c>kid</c>.</summary>
    public string KeyId => PublicKey.KeyId;

    /// <summary>The part to publish.</summary>
    public ToolPublicKey PublicKey { get; }

    internal SigningCredentials Signing { get; }

    /// <summary>A new RSA key of 2,048 bits.</summary>
    public static ToolKey Create()
    {
        using var rsa = RSA.Create(Bits);
        return new ToolKey(rsa.ExportParameters(includePrivateParameters: true));
    }

    /// <summary>Reads PKCS#8 bytes, as <see cref="ExportPkcs8"/> gives them.</summary>
    /// <exception cref="CryptographicException">It is not an RSA private key, or it is shorter than 2,048 bits.</exception>
    public static ToolKey Import(ReadOnlySpan<byte> pkcs8)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(pkcs8, out _);
        if (rsa.KeySize < Bits) throw new CryptographicException("A tool key has at least 2,048 bits.");
        return new ToolKey(rsa.ExportParameters(includePrivateParameters: true));
    }

    /// <summary>The private part as PKCS#8 bytes. The caller seals them before they rest anywhere.</summary>
    public byte[] ExportPkcs8()
    {
        using var rsa = RSA.Create(parameters);
        return rsa.ExportPkcs8PrivateKey();
    }
}
