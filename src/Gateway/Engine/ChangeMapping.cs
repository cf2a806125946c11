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

    // Of several engines the first that a district decides for is its own.
    private const string TakeLaunches = """
        update gateway.district set engine_client_id = $2
        where id = $1 and ($3 or (engine_client_id is null and (select count(*) > 1 from gateway.engine_client)))
        """;

    /// <returns>The mapping in force from now on: the one from before where nothing differs.</returns>
    public async Task<Outcome<FieldMapping>> RunAsync(int district, MappingWish wish, CancellationToken cancellation)
    {
        var problems = MappingRules.Check(wish);
        if (problems.Count > 0)
            return Outcome<FieldMapping>.Failed(problems);
        engines.Forget();
        if (await engines.FindAsync(wish.ClientId, cancellation) is not { } engine)
            return new Failure("client.unknown", "There is no engine of that client id: `client list` shows those there are.");
        // P-5.4: nothing is given to whom nobody has bound by the agreement.
        if (engine.Agreement is not { Version: var agreement })
            return new Failure("engine.agreement_missing", "The engine's data agreement is not on record: nothing can be given to it before.");

        var changed = await database.InDistrictAsync(district, session => ChangeAsync(session, wish, agreement, cancellation), cancellation);
        engines.Forget();
        districts.Forget(wish.ClientId);
        log.MappingChanged(district, wish.ClientId, changed.Version);
        return changed;
    }

    private async Task<FieldMapping> ChangeAsync(DistrictSession session, MappingWish wish, string agreement, CancellationToken cancellation)
    {
        // Against launches that make one learner of two; the two locks in the order in which a run takes them.
        await session.HoldLearnersAsync(cancellation);
        await using (var take = session.Command(Lock))
        {
            take.Parameters.Add(new() { Value = (long)session.District });
            await take.ExecuteNonQueryAsync(cancellation);
        }

        if (wish.Enabled == true)
            await TakeLaunchesAsync(session, wish, cancellation);
        var now = await CurrentAsync(session, wish.ClientId, cancellation);
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

    // Who decided stands in the version itself.
    private static AuditEntry EntryOf(string client, FieldMapping before, FieldMapping after) => AuditEntry.ByOperator(
        before.Enabled == after.Enabled ? "engine.fields_changed" : after.Enabled ? "engine.enabled" : "engine.disabled",
        ("engine", client), ("version", after.Version.ToString(CultureInfo.InvariantCulture)),
        ("fields", string.Join(' ', after.Fields.Order().Select(SharedFields.WordOf))));

    private static async Task TakeLaunchesAsync(DistrictSession session, MappingWish wish, CancellationToken cancellation)
    {
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
