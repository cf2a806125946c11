using System.Security.Cryptography;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Gateway.Storage.Sealing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Identity;

/// <summary>The table of the gateway's own keys; private parts are sealed on the way in and opened on the way out.</summary>
internal sealed class SigningKeyRows(GatewayDatabase database, Sealer sealer, AuditTrail trail, TimeProvider time, ILogger<SigningKeyRows> log)
{
    private const string Sealing = "signing key";

    /// <summary>All keys of a set that are not gone, the newest first.</summary>
    public async Task<IReadOnlyList<SigningKey>> ListAsync(SigningKeySet set, CancellationToken cancellation)
    {
        var (name, id, now) = (set.Purpose.Name, set.Id, time.GetUtcNow());
        await using var model = database.Open();
        return await model.SigningKeys.AsNoTracking()
            .Where(k => k.Purpose == name && k.KeySetId == id && (k.PublishedUntil == null || k.PublishedUntil > now))
            .OrderByDescending(k => k.Number)
            .ToListAsync(cancellation);
    }

    /// <summary>Every set that there are keys of: one for each purpose, and the tool's.</summary>
    public async Task<IReadOnlyList<SigningKeySet>> SetsAsync(CancellationToken cancellation)
    {
        await using var model = database.Open();
        var ofTool = await model.SigningKeys.AsNoTracking().Where(k => k.KeySetId != null).Select(k => k.KeySetId).Distinct().ToListAsync(cancellation);
        return [.. SigningPurpose.All.Select(purpose => (SigningKeySet)purpose), .. ofTool.Select(SigningKeySet.OfTool)];
    }

    /// <summary>The sets whose keys are published at the address of a set of the tool; empty: there is no such set.</summary>
    public async Task<IReadOnlyList<SigningKeySet>> PublishedAtAsync(Guid set, CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select key_set_id from gateway.published_key_sets($1)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = set });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var sets = new List<SigningKeySet>();
        while (await reader.ReadAsync(cancellation))
            sets.Add(SigningKeySet.OfTool(reader.IsDBNull(0) ? null : reader.GetGuid(0)));
        return sets;
    }

    /// <summary>
    /// Makes the key that follows number <paramref name="last"/> (0 for none). Of several makers at once the unique number lets one
    /// through; the others use its key.
    /// </summary>
    public async Task MakeNextAsync(SigningKeySet set, int last, DateTimeOffset activatesAt, CancellationToken cancellation, string actor = AuditEntry.Gateway)
    {
        var purpose = set.Purpose;
        var (pair, pkcs8) = SigningKeyPair.Create(purpose.Algorithm);
        var sealedKey = sealer.Seal(Sealing, pkcs8, pair.Kid);
        CryptographicOperations.ZeroMemory(pkcs8);
        var made = await database.InGatewayAsync(session => AuditedAsync(session, actor, "signing_key.made", purpose.Name, pair.Kid, set.Id,
            $"""
            insert into gateway.signing_key (kid, purpose, key_set_id, algorithm, number, sealed_private_key, public_key, created_at, activates_at)
            values ({pair.Kid}, {purpose.Name}, {set.Id}, {purpose.Algorithm}, {last + 1}, {sealedKey}, {pair.Public.SubjectPublicKeyInfo},
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
        var retired = await database.InGatewayAsync(session => AuditedAsync(session, AuditEntry.Gateway, "signing_key.retired", key.Purpose, key.Kid, key.KeySetId,
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
    public async Task WithdrawAllButNewestAsync(SigningKeySet set, CancellationToken cancellation)
    {
        var (name, now) = (set.Purpose.Name, time.GetUtcNow());
        await database.InGatewayAsync(session => AuditedAsync(session, AuditEntry.Operator, "signing_key.withdrawn", name, null, set.Id,
            $"""
            update gateway.signing_key k
            set retired_at = coalesce(retired_at, {now}), published_until = {now}, sealed_private_key = null
            where purpose = {name} and key_set_id is not distinct from {set.Id} and (published_until is null or published_until > {now})
              and number < (select max(number) from gateway.signing_key where purpose = {name} and key_set_id is not distinct from {set.Id})
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
        DistrictSession session, string actor, string action, string purpose, string? kid, Guid? set, FormattableString sql, CancellationToken cancellation)
    {
        var changed = await session.Model.Database.ExecuteSqlAsync(sql, cancellation);
        if (changed > 0)
            await trail.AppendAsync(session, AuditEntry.Of(actor, action, ("purpose", purpose), ("kid", kid), ("set", set?.ToString("N"))), cancellation);
        return changed;
    }
}
