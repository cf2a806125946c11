using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Lti.Security;

/// <summary>One public key of a platform, parsed once and kept together with its signature providers.</summary>
internal sealed class PlatformKey
{
    // The factory's process-wide cache is keyed by kid and would outlive a rotation.
    private static readonly CryptoProviderFactory Factory = new() { CacheSignatureProviders = false };

    private readonly Dictionary<string, Lazy<SignatureProvider>> providers;

    public PlatformKey(string id, SecurityKey key, IEnumerable<string> algorithms)
    {
        Id = id;
        providers = algorithms.ToDictionary(
            algorithm => algorithm,
            algorithm => new Lazy<SignatureProvider>(() => Factory.CreateForVerifying(key, algorithm)),
            StringComparer.Ordinal);
    }

    public string Id { get; }

    public IEnumerable<string> Algorithms => providers.Keys;

    /// <summary>Whether the key's type, and its <c>alg</c> where it has one, allow this algorithm.</summary>
    public bool Suits(string algorithm) => providers.ContainsKey(algorithm);

    public bool Verifies(string algorithm, byte[] signed, byte[] signature)
    {
        try
        {
            return providers[algorithm].Value.Verify(signed, signature);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            // A signature that the platform's cryptography cannot even parse is a wrong one, and so is one by a key that it will not use.
            return false;
        }
    }
}
