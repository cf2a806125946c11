using System.Security.Cryptography;
using Gateway.Privacy.Successor;
using Gateway.Storage;
using Gateway.Storage.Model;
using Gateway.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Privacy;

/// <summary>The key pair that districts are handed over to (P-3.7): made at the first question, its private half sealed.</summary>
internal sealed class SuccessorKeys(GatewayDatabase database, Sealer sealer, TimeProvider time)
{
    private const string Purpose = "successor key";

    /// <summary>The public half, PEM, for `privacy hand-over` of the other gateway.</summary>
    public async Task<string> PublicKeyAsync(CancellationToken cancellation)
    {
        using var pair = await GetAsync(cancellation);
        return pair.ExportSubjectPublicKeyInfoPem();
    }

    /// <summary>By which people tell each other whose key it is: <c>SHA256:</c> and 64 hexadecimal digits.</summary>
    public async Task<string> FingerprintAsync(CancellationToken cancellation)
    {
        using var pair = await GetAsync(cancellation);
        return BundleHeader.FingerprintOf(pair.ExportSubjectPublicKeyInfo());
    }

    /// <summary>The pair: signs what is handed over from here, opens what is handed over to here.</summary>
    public async Task<ECDiffieHellman> GetAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation) is { } known)
            return known;
        var made = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        await using var model = database.Open();
        model.SuccessorKeys.Add(new SuccessorKey { Id = 1, SealedPrivateKey = sealer.Seal(Purpose, made.ExportPkcs8PrivateKey()), CreatedAt = time.GetUtcNow() });
        await model.SaveChangesAsync(cancellation);
        return made;
    }

    /// <summary>The fingerprint in a text: of the public key in it (PEM), or written out. Null: it is neither.</summary>
    public static string? FingerprintFrom(string text)
    {
        using var key = BundleHeader.PublicKeyOf(text);
        if (key is not null)
            return BundleHeader.FingerprintOf(key.ExportSubjectPublicKeyInfo());
        var written = text.Trim();
        const string start = "SHA256:";
        return written.StartsWith(start, StringComparison.OrdinalIgnoreCase) && written.Length == start.Length + 64 && written[start.Length..].All(char.IsAsciiHexDigit)
            ? start + written[start.Length..].ToLowerInvariant()
            : null;
    }

    /// <summary>Null: nobody asked for one yet.</summary>
    public async Task<ECDiffieHellman?> FindAsync(CancellationToken cancellation)
    {
        await using var model = database.Open();
        if (await model.SuccessorKeys.AsNoTracking().SingleOrDefaultAsync(cancellation) is not { } row)
            return null;
        var pair = ECDiffieHellman.Create();
        pair.ImportPkcs8PrivateKey(sealer.Open(Purpose, row.SealedPrivateKey), out _);
        return pair;
    }
}
