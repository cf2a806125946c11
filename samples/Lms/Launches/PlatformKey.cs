using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Samples.Lms.Launches;

/// <summary>The key that signs id_tokens: a new one at every start.</summary>
internal sealed class PlatformKey : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);

    public PlatformKey()
    {
        Key = new RsaSecurityKey(_rsa) { KeyId = Secrets.New()[..16] };
        Credentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSha256);
    }

    public RsaSecurityKey Key { get; }

    public SigningCredentials Credentials { get; }

    public void Dispose() => _rsa.Dispose();
}
