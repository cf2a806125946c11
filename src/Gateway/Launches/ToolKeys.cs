using System.Collections.Concurrent;
using System.Security.Cryptography;
using Gateway.Identity;
using Lti.Security;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Launches;

/// <summary>The tool's keys for the library: the gateway's own keys of that purpose, parsed once.</summary>
internal sealed class ToolKeys(SigningKeys keys) : IToolKeyStore
{
    private readonly ConcurrentDictionary<string, ToolPublicKey> published = new(StringComparer.Ordinal);
    private ToolKey? signing;

    public async ValueTask<ToolKey> GetSigningKeyAsync(CancellationToken cancellationToken) =>
        Of(await keys.ActiveAsync(SigningPurpose.Lti, cancellationToken));

    public async ValueTask<IReadOnlyList<ToolPublicKey>> GetPublicKeysAsync(CancellationToken cancellationToken) =>
        [.. (await keys.PublishedAsync(SigningPurpose.Lti, cancellationToken))
            .Select(key => published.GetOrAdd(key.Kid, static (_, key) => ToolPublicKey.Import(key.SubjectPublicKeyInfo), key))];

    // Only the one that signs: the private part of an earlier one must not stay in memory.
    private ToolKey Of(SigningKeyPair pair)
    {
        if (signing is { } known && known.KeyId == pair.Kid)
            return known;
        var pkcs8 = ((RsaSecurityKey)pair.Key).Rsa.ExportPkcs8PrivateKey();
        try
        {
            return signing = ToolKey.Import(pkcs8);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }
}
