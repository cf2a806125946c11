using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Gateway.Identity;
using Lti.Registrations;
using Lti.Security;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Launches;

/// <summary>The tool's keys for the library: for each registration those of its set, parsed once.</summary>
internal sealed class ToolKeys(SigningKeys keys) : IToolKeyStore
{
    private readonly ConcurrentDictionary<string, ToolPublicKey> published = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ToolKey> signing = new(StringComparer.Ordinal);

    public async ValueTask<ToolKey> GetSigningKeyAsync(Registration registration, CancellationToken cancellationToken)
    {
        Guid? set = registration.ToolKeySet is { } name ? Guid.ParseExact(name, "N") : null;
        return Of(registration.ToolKeySet ?? "", await keys.ActiveAsync(SigningKeySet.OfTool(set), cancellationToken));
    }

    /// <summary>What is published at the address of a set, or null: there is none of that number. Without a number: of the shared set.</summary>
    public async ValueTask<IReadOnlyList<ToolPublicKey>?> PublishedAsync(Guid? set, CancellationToken cancellation)
    {
        var found = set is { } id ? await keys.PublishedAtAsync(id, cancellation) : await keys.PublishedAsync(SigningPurpose.Lti, cancellation);
        return found is null ? null : [.. found.Select(key => published.GetOrAdd(key.Kid, static (_, key) => ToolPublicKey.Import(key.SubjectPublicKeyInfo), key))];
    }

    /// <summary>As <see cref="Registration.ToolKeySet"/> and addresses write the number of a set.</summary>
    public static string NameOf(Guid set) => set.ToString("N", CultureInfo.InvariantCulture);

    // Of each set only the one that signs: the private part of an earlier one must not stay in memory.
    private ToolKey Of(string set, SigningKeyPair pair)
    {
        if (signing.TryGetValue(set, out var known) && known.KeyId == pair.Kid)
            return known;
        var pkcs8 = ((RsaSecurityKey)pair.Key).Rsa.ExportPkcs8PrivateKey();
        try
        {
            return signing[set] = ToolKey.Import(pkcs8);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs8);
        }
    }
}
