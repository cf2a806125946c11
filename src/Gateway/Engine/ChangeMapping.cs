using System.Globalization;
using System.Text.Json;
using Gateway.Identity;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Engine;

/// <summary>
/// Changes what a district gives to an engine, as one transaction: a new version, the feed's entries for what the engine must fetch again,
/// and the end of every value that no engine is given any more (docs/adr/0032).
/// </summary>
internal sealed class ChangeMapping(GatewayDatabase database, EngineClients engines, EngineDistricts districts, AuditTrail trail, TimeProvider time, ILogger<ChangeMapping> log)
{
    // Against other changes and against roster runs that are just about to store (FieldMappings.LockShared).
    private const string Lock = "select pg_advisory_xact_lock(hashtextextended('gateway.mappings', $1))";

    private const string EnabledByDefault = "select exists (select from gateway.engine_districts($1) where id = $2)";

    // Of several engines the first that a district decides for is its own; so is the next one when its own was removed.
    private const string TakeLaunches = """
        update gateway.district d set engine_client_id = $2
        where d.id = $1 and ($3 or (d.engine_client_id is null and (select count(*) > 1 from gateway.engine_client where removed_at is null))
                             or exists (select from gateway.engine_client c where c.id = d.engine_client_id and c.removed_at is not null))
        """;

    // An engine that was given the district because it was the district's own, and for no other reason, goes on being given it.
    private const string KeepBefore = """
        insert into gateway.engine_mapping (district_id, client_id, version, enabled, fields, role_words, grade_words, agreement_version, changed_by, changed_at)
        select d.id, c.id, 1, true, array['role'], '{}', '{}',
               coalesce((select a.version from gateway.engine_agreement a where a.client_id = c.id order by a.accepted_at desc limit 1), $3), $4, $5
        from gateway.district d join gateway.engine_client c on c.id = d.engine_client_id
        where d.id = $1 and c.id <> $2 and c.removed_at is null
          and not exists (select from gateway.engine_mapping m where m.district_id = d.id and m.client_id = c.id)
        returning client_id
        """;

    private const string NoAgreement = "none";

    /// <returns>The mapping in force from now on: the one from before where nothing differs.</returns>
    public async Task<Outcome<FieldMapping>> RunAsync(int district, MappingWish wish, CancellationToken cancellation)
    {
        var problems = MappingRules.Check(wish);
        if (problems.Count > 0)
            return Outcome<FieldMapping>.Failed(problems);
        engines.Forget();
        if (await engines.FindAsync(wish.ClientId, cancellation) is not { } engine)
            return EngineClientRules.Unknown;
        // P-5.4: nothing is given to an engine that nobody has bound by the agreement. To take something away needs none.
        var agreement = engine.Agreement?.Version ?? NoAgreement;
        if (engine.Agreement is null && wish is not { Enabled: false, Fields: null, RoleWords: null, GradeWords: null })
            return new Failure("engine.agreement_missing", "The engine's data agreement is not on record: nothing can be given to it before.");

        var changed = await database.InDistrictAsync(district, session => ChangeAsync(session, wish, agreement, cancellation), cancellation);
        engines.Forget();
        districts.Forget();
        if (changed is null)
            return EngineClientRules.Unknown;
        log.MappingChanged(district, wish.ClientId, changed.Version);
        return changed;
    }

    /// <returns>Null: the engine was removed meanwhile.</returns>
    private async Task<FieldMapping?> ChangeAsync(DistrictSession session, MappingWish wish, string agreement, CancellationToken cancellation)
    {
        // Against launches that make one learner of two; the two locks in the order in which a run takes them.
        await session.HoldLearnersAsync(cancellation);
        await using (var take = session.Command(Lock))
        {
            take.Parameters.Add(new() { Value = (long)session.District });
            await take.ExecuteNonQueryAsync(cancellation);
        }

        if (!await IsThereAsync(session, wish.ClientId, cancellation))
            return null;
        // First what it has now: as the district's own engine it would have it by default.
        var now = await CurrentAsync(session, wish.ClientId, cancellation);
        if (wish.Enabled == true)
            await TakeLaunchesAsync(session, wish, cancellation);
        var next = MappingRules.Apply(now, wish);
        if (next == now)
            return now;
        var shared = await FieldMappings.SharedAsync(session, cancellation);
        session.Model.EngineMappings.Add(new EngineMapping
        {
            DistrictId = session.District,
            ClientId = wish.ClientId,
            Version = next.Version,
            Enabled = next.Enabled,
            Fields = [.. next.Fields.Order().Select(SharedFields.WordOf)],
            RoleWords = JsonSerializer.Serialize(next.RoleWords),
            GradeWords = JsonSerializer.Serialize(next.GradeWords),
            AgreementVersion = agreement,
            ChangedBy = wish.By!.Trim(),
            ChangedAt = time.GetUtcNow(),
        });
        await session.Model.SaveChangesAsync(cancellation);
        await MappingEffects.EraseAsync(session, shared.Except(await FieldMappings.SharedAsync(session, cancellation)), cancellation);
        await MappingEffects.ResendAsync(session, wish.ClientId, now, next, time.GetUtcNow(), cancellation);
        await trail.AppendAsync(session, EntryOf(wish.ClientId, now, next), cancellation);
        return next;
    }

    // Held to the end: an engine is removed before or after, not in between.
    private static async Task<bool> IsThereAsync(DistrictSession session, string clientId, CancellationToken cancellation)
    {
        await using var ask = session.Command("select exists (select from gateway.engine_client where id = $1 and removed_at is null for key share)");
        ask.Parameters.Add(new() { Value = clientId });
        return (bool)(await ask.ExecuteScalarAsync(cancellation))!;
    }

    // Who decided stands in the version itself.
    private static AuditEntry EntryOf(string client, FieldMapping before, FieldMapping after) => AuditEntry.ByOperator(
        before.Enabled == after.Enabled ? "engine.fields_changed" : after.Enabled ? "engine.enabled" : "engine.disabled",
        ("engine", client), ("version", after.Version.ToString(CultureInfo.InvariantCulture)),
        ("fields", string.Join(' ', after.Fields.Order().Select(SharedFields.WordOf))));

    private async Task TakeLaunchesAsync(DistrictSession session, MappingWish wish, CancellationToken cancellation)
    {
        await using (var keep = session.Command(KeepBefore))
        {
            foreach (var value in new object[] { session.District, wish.ClientId, NoAgreement, wish.By!.Trim(), time.GetUtcNow() })
                keep.Parameters.Add(new() { Value = value });
            if (await keep.ExecuteScalarAsync(cancellation) is string kept)
                await trail.AppendAsync(session, AuditEntry.ByOperator("engine.kept", ("engine", kept), ("version", "1"), ("fields", "role")), cancellation);
        }

        await using var take = session.Command(TakeLaunches);
        foreach (var value in new object[] { session.District, wish.ClientId, wish.TakesLaunches })
            take.Parameters.Add(new() { Value = value });
        await take.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<FieldMapping> CurrentAsync(DistrictSession session, string clientId, CancellationToken cancellation)
    {
        var row = await session.Model.EngineMappings.AsNoTracking()
            .Where(row => row.DistrictId == session.District && row.ClientId == clientId)
            .OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellation);
        if (row is not null)
            return FieldMappings.Of(row);
        await using var ask = session.Command(EnabledByDefault);
        ask.Parameters.Add(new() { Value = clientId });
        ask.Parameters.Add(new() { Value = session.District });
        return FieldMapping.Default with { Enabled = (bool)(await ask.ExecuteScalarAsync(cancellation))! };
    }
}
