using System.Security.Cryptography;
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
        using var known = await FindAsync(cancellation);
        if (known is not null)
            return known.ExportSubjectPublicKeyInfoPem();
        using var made = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        await using var model = database.Open();
        model.SuccessorKeys.Add(new SuccessorKey { Id = 1, SealedPrivateKey = sealer.Seal(Purpose, made.ExportPkcs8PrivateKey()), CreatedAt = time.GetUtcNow() });
        await model.SaveChangesAsync(cancellation);
        return made.ExportSubjectPublicKeyInfoPem();
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
