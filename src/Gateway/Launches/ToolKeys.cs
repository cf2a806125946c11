using System.Collections.Concurrent;
using System.Security.Cryptography;
using Gateway.Identity;
using Lti.Security;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Launches;

/// <summary>The tool's keys for the library: the gateway's own key pairs of that purpose, parsed once.</summary>
internal sealed class ToolKeys(SigningKeys keys) : IToolKeyStore
{
    private readonly ConcurrentDictionary<string, ToolKey> parsed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ToolPublicKey> published = new(StringComparer.Ordinal);

    public async ValueTask<ToolKey> GetSigningKeyAsync(CancellationToken cancellationToken) =>
        Of(await keys.ActiveAsync(SigningPurpose.Lti, cancellationToken));

    public async ValueTask<IReadOnlyList<ToolPublicKey>> GetPublicKeysAsync(CancellationToken cancellationToken) =>
        [.. (await keys.PublishedAsync(SigningPurpose.Lti, cancellationToken))
            .Select(key => published.GetOrAdd(key.Kid, static (_, key) => ToolPublicKey.Import(key.SubjectPublicKeyInfo), key))];

    private ToolKey Of(SigningKeyPair pair) => parsed.GetOrAdd(pair.Kid, static (_, pair) =>
    {
        var pkcs8 = ((RsaSecurityKey)pair.Key).Rsa.ExportPkcs8PrivateKey();
        try
        {
            return ToolKey.Import(pkcs8);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }, pair);
}
