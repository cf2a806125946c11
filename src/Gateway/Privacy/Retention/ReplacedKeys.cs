using Gateway.Storage;

namespace Gateway.Privacy.Retention;

/// <summary>
/// Destroys versions of a district's key that were replaced and that nothing hangs on any more (P-1.2): no pseudonym, and no score ticket,
/// which is good for 90 days, and no score that waits.
/// </summary>
internal sealed class ReplacedKeys(GatewayDatabase database, DistrictKeys keys)
{
    private static readonly TimeSpan LongestTicket = TimeSpan.FromDays(90);

    private const string Idle = """
        select k.version from gateway.district_key k
        where k.district_id = @district
          and exists (select from gateway.district_key n where n.district_id = k.district_id and n.version > k.version and n.active_from < @before)
          and not exists (select from gateway.learner_identity i where i.district_id = k.district_id and i.key_version = k.version)
          and not exists (select from gateway.blocked_person b where b.district_id = k.district_id and b.key_version = k.version)
          and not exists (select from gateway.school s where s.district_id = k.district_id and s.key_version = k.version)
          and not exists (select from gateway.term t where t.district_id = k.district_id and t.key_version = k.version)
          and not exists (select from gateway.class c where c.district_id = k.district_id and c.key_version = k.version)
          and not exists (select from gateway.score_delivery d where d.district_id = k.district_id and d.sealed_score is not null and d.accepted_at < @before)
        """;

    public async Task RunAsync(int district, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var version in await FindAsync(district, now, cancellation))
            await keys.DestroyAsync(district, version, cancellation);
    }

    private Task<List<short>> FindAsync(int district, DateTimeOffset now, CancellationToken cancellation) => database.InDistrictAsync(district, async session =>
    {
        await using var select = session.Command(Idle);
        select.Parameters.AddWithValue("district", district);
        select.Parameters.AddWithValue("before", now - LongestTicket);
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        var versions = new List<short>();
        while (await reader.ReadAsync(cancellation))
            versions.Add(reader.GetInt16(0));
        return versions;
    }, cancellation);
}
