using System.Security.Cryptography;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Gateway.Storage.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Identity;

/// <summary>The table of the gateway's own keys; private parts are sealed on the way in and opened on the way out.</summary>
internal sealed class SigningKeyRows(GatewayDatabase database, Sealer sealer, AuditTrail trail, TimeProvider time, ILogger<SigningKeyRows> log)
{
    private const string Sealing = "signing key";

    /// <summary>All keys of a purpose that are not gone, the newest first.</summary>
    public async Task<IReadOnlyList<SigningKey>> ListAsync(SigningPurpose purpose, CancellationToken cancellation)
    {
        var (name, now) = (purpose.Name, time.GetUtcNow());
        await using var model = database.Open();
        return await model.SigningKeys.AsNoTracking()
            .Where(k => k.Purpose == name && (k.PublishedUntil == null || k.PublishedUntil > now))
            .OrderByDescending(k => k.Number)
            .ToListAsync(cancellation);
    }

    /// <summary>
    /// Makes the key that follows number <paramref name="last"/> (0 for none). Of several makers at once the unique number lets one
    /// through; the others use its key.
    /// </summary>
    public async Task MakeNextAsync(SigningPurpose purpose, int last, DateTimeOffset activatesAt, CancellationToken cancellation, string actor = AuditEntry.Gateway)
    {
        var (pair, pkcs8) = SigningKeyPair.Create(purpose.Algorithm);
        var sealedKey = sealer.Seal(Sealing, pkcs8, pair.Kid);
        CryptographicOperations.ZeroMemory(pkcs8);
        var made = await database.InGatewayAsync(session => AuditedAsync(session, actor, "signing_key.made", purpose.Name, pair.Kid,
            $"""
            insert into gateway.signing_key (kid, purpose, algorithm, number, sealed_private_key, public_key, created_at, activates_at)
            values ({pair.Kid}, {purpose.Name}, {purpose.Algorithm}, {last + 1}, {sealedKey}, {pair.Public.SubjectPublicKeyInfo},
                    {time.GetUtcNow()}, {activatesAt})
            on conflict do nothing
            """,
            cancellation), cancellation);
        if (made == 1)
            log.SigningKeyMade(purpose.Name, pair.Kid);
    }

    /// <summary>Takes the private part away; the public part stays published until then.</summary>
    public async Task RetireAsync(SigningKey key, DateTimeOffset publishedUntil, CancellationToken cancellation)
    {
        var publicKey = PublicOf(key).SubjectPublicKeyInfo;
        var retired = await database.InGatewayAsync(session => AuditedAsync(session, AuditEntry.Gateway, "signing_key.retired", key.Purpose, key.Kid,
            $"""
            update gateway.signing_key
            set retired_at = {time.GetUtcNow()}, published_until = {publishedUntil}, sealed_private_key = null, public_key = {publicKey}
            where kid = {key.Kid} and retired_at is null
            """,
            cancellation), cancellation);
        if (retired == 1)
            log.SigningKeyRetired(key.Purpose, key.Kid);
    }

    /// <summary>Takes every key older than the newest out of use and out of publication, now.</summary>
    public async Task WithdrawAllButNewestAsync(SigningPurpose purpose, CancellationToken cancellation)
    {
        var (name, now) = (purpose.Name, time.GetUtcNow());
        await database.InGatewayAsync(session => AuditedAsync(session, AuditEntry.Operator, "signing_key.withdrawn", name, null,
            $"""
            update gateway.signing_key k
            set retired_at = coalesce(retired_at, {now}), published_until = {now}, sealed_private_key = null
            where purpose = {name} and (published_until is null or published_until > {now})
              and number < (select max(number) from gateway.signing_key where purpose = {name})
            """,
            cancellation), cancellation);
    }

    /// <summary>The pair of a key that is not retired.</summary>
    public SigningKeyPair PairOf(SigningKey key)
    {
        var pkcs8 = sealer.Open(Sealing, key.SealedPrivateKey, key.Kid);
        var pair = SigningKeyPair.Parse(key.Algorithm, pkcs8);
        CryptographicOperations.ZeroMemory(pkcs8);
        return pair;
    }

    public PublicSigningKey PublicOf(SigningKey key) =>
        // Keys from before public parts were stored have a private one.
        key.PublicKey is { } stored ? PublicSigningKey.Parse(key.Algorithm, stored) : PairOf(key).Public;

    private async Task<int> AuditedAsync(
        DistrictSession session, string actor, string action, string purpose, string? kid, FormattableString sql, CancellationToken cancellation)
    {
        var changed = await session.Model.Database.ExecuteSqlAsync(sql, cancellation);
        if (changed > 0)
            await trail.AppendAsync(session, AuditEntry.Of(actor, action, ("purpose", purpose), ("kid", kid)), cancellation);
        return changed;
    }
}
