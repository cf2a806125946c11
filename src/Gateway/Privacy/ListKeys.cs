using System.Globalization;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Privacy;

/// <summary>A key or a secret that the database holds sealed, as it is shown: never itself.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Which one of them.</param>
/// <param name="District">The slug of the district that it belongs to; null: the gateway's own.</param>
/// <param name="CreatedAt">Its age.</param>
/// <param name="State">Whether it is in use.</param>
internal sealed record KeyAge(string Kind, string Name, string? District, DateTimeOffset CreatedAt, string State);

/// <summary>Every key and its age (P-5.3). The master key is not among them: it is in no database.</summary>
internal sealed class ListKeys(GatewayDatabase database, RotateDistrictKey districtKeys, TimeProvider time)
{
    private const string ToolPurpose = "lti";

    public async Task<IReadOnlyList<KeyAge>> RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var keys = new List<KeyAge>();
        await using var model = database.Open();
        keys.AddRange((await model.SigningKeys.AsNoTracking().Where(key => key.SealedPrivateKey != null && key.KeySetId == null).OrderBy(key => key.Purpose).ThenBy(key => key.Number).ToListAsync(cancellation))
            .Select(key => new KeyAge(key.Purpose == ToolPurpose ? "signing key, lti, shared" : $"signing key, {key.Purpose}", key.Kid, null, key.CreatedAt, StateOf(key.ActivatesAt, now))));
        keys.AddRange((await model.EngineClients.AsNoTracking().Where(engine => engine.RemovedAt == null).OrderBy(engine => engine.Id).ToListAsync(cancellation))
            .Select(engine => new KeyAge("engine's id key", engine.Id, null, engine.CreatedAt, engine.SuspendedAt is null ? "in force" : "suspended")));
        keys.AddRange((await model.EngineCredentials.AsNoTracking().OrderBy(credential => credential.ClientId).ThenBy(credential => credential.Id).ToListAsync(cancellation))
            .Select(credential => new KeyAge(
                credential.SecretHash is null ? "engine's own keys" : "engine's secret",
                string.Create(CultureInfo.InvariantCulture, $"{credential.ClientId} {credential.Id}"), null, credential.CreatedAt, "in force")));
        keys.AddRange((await model.EngineWebhooks.AsNoTracking().OrderBy(hook => hook.ClientId).ToListAsync(cancellation))
            .Select(hook => new KeyAge("webhook secret", hook.ClientId, null, hook.CreatedAt, "in force")));
        keys.AddRange((await model.DataProtectionKeys.AsNoTracking().OrderBy(key => key.Id).ToListAsync(cancellation))
            .Select(key => new KeyAge("data protection key", key.Id.ToString(CultureInfo.InvariantCulture), null, key.CreatedAt, "in force")));
        keys.AddRange((await model.AuditKeys.AsNoTracking().OrderBy(key => key.Version).ToListAsync(cancellation))
            .Select(key => new KeyAge("audit key", $"version {key.Version}", null, key.CreatedAt, "in force")));
        foreach (var district in await model.Districts.AsNoTracking().OrderBy(district => district.Slug).ToListAsync(cancellation))
            keys.AddRange(await OfDistrictAsync(district, now, cancellation));
        return keys;
    }

    private async Task<List<KeyAge>> OfDistrictAsync(District district, DateTimeOffset now, CancellationToken cancellation)
    {
        var versions = await districtKeys.ListAsync(district.Id, cancellation);
        var keys = versions.ConvertAll(key => new KeyAge(
            "district key",
            string.Create(CultureInfo.InvariantCulture, $"version {key.Version}, {key.Identities} pseudonyms"),
            district.Slug,
            key.CreatedAt,
            versions.Any(newer => newer.Version > key.Version && newer.ActiveFrom <= now) ? "replaced" : StateOf(key.ActiveFrom, now)));
        var secrets = await database.InDistrictAsync(district.Id, session => session.Model.RosterSources.AsNoTracking()
            .Where(source => source.DistrictId == district.Id && source.SealedSecret != null).ToListAsync(cancellation), cancellation);
        keys.AddRange(secrets.Select(source => new KeyAge("roster source's secret", source.Binding, district.Slug, source.CreatedAt, "in force")));
        keys.AddRange(await OfPlatformsAsync(district, now, cancellation));
        return keys;
    }

    // The tool's keys for the district's platforms: those of a kind, and those of one platform alone.
    private async Task<IEnumerable<KeyAge>> OfPlatformsAsync(District district, DateTimeOffset now, CancellationToken cancellation) =>
        await database.InDistrictAsync(district.Id, async session =>
        {
            var sets = await session.Model.ToolKeySets.AsNoTracking().ToDictionaryAsync(set => set.Id, set => set.Kind, cancellation);
            var ids = sets.Keys.ToList();
            var own = await session.Model.SigningKeys.AsNoTracking().Where(key => key.SealedPrivateKey != null && key.KeySetId != null && ids.Contains(key.KeySetId.Value))
                .OrderBy(key => key.KeySetId).ThenBy(key => key.Number).ToListAsync(cancellation);
            return own.ConvertAll(key => new KeyAge(
                sets[key.KeySetId!.Value] is { } kind ? $"signing key, lti, {kind}" : "signing key, lti, one platform", key.Kid, district.Slug, key.CreatedAt, StateOf(key.ActivatesAt, now)));
        }, cancellation);

    private static string StateOf(DateTimeOffset activeFrom, DateTimeOffset now) => activeFrom > now ? "announced" : "in force";
}
