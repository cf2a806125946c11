using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Platforms;

/// <summary>
/// The tool's key sets of a district: one for each kind of platform, because its address stands in what an administrator enters before the
/// platform can be registered, and one for each platform that registered itself or was moved. Keys are made at the first need.
/// </summary>
internal sealed class ToolKeySets(GatewayDatabase database, AuditTrail trail, TimeProvider time)
{
    /// <summary>The set of the district's platforms of a kind; made when there is none.</summary>
    public Task<Guid> OfKindAsync(int district, string kind, CancellationToken cancellation) => database.InDistrictAsync(district, async session =>
    {
        if (await session.Model.ToolKeySets.Where(set => set.Kind == kind).Select(set => (Guid?)set.Id).SingleOrDefaultAsync(cancellation) is { } known)
            return known;
        await using var insert = session.Command("insert into gateway.tool_key_set (id, district_id, kind, created_at) values (@id, @district, @kind, @now) on conflict do nothing");
        insert.Parameters.AddWithValue("id", Guid.CreateVersion7(time.GetUtcNow()));
        insert.Parameters.AddWithValue("district", district);
        insert.Parameters.AddWithValue("kind", kind);
        insert.Parameters.AddWithValue("now", time.GetUtcNow());
        var made = await insert.ExecuteNonQueryAsync(cancellation) == 1;
        var id = await session.Model.ToolKeySets.Where(set => set.Kind == kind).Select(set => set.Id).SingleAsync(cancellation);
        if (made)
            await trail.AppendAsync(session, AuditEntry.ByOperator("platform.key_set_made", ("kind", kind)), cancellation);
        return id;
    }, cancellation);

    /// <summary>Makes a set for one platform, under a number that was told before.</summary>
    public Task AddAsync(int district, Guid id, CancellationToken cancellation) => database.InDistrictAsync(district, async session =>
    {
        // The same number again: a registration that was refused by the platform and is tried once more.
        if (!await session.Model.ToolKeySets.AnyAsync(set => set.Id == id, cancellation))
            await AddAsync(session, id, cancellation);
    }, cancellation);

    /// <summary>The same within a transaction.</summary>
    public async Task AddAsync(DistrictSession session, Guid id, CancellationToken cancellation)
    {
        session.Model.ToolKeySets.Add(new ToolKeySet { Id = id, DistrictId = session.District, CreatedAt = time.GetUtcNow() });
        await session.Model.SaveChangesAsync(cancellation);
    }

    /// <summary>Takes a set away that nothing came of, with its keys.</summary>
    public Task RemoveAsync(int district, Guid id, CancellationToken cancellation) =>
        database.InDistrictAsync(district, session => RemoveAsync(session, id, cancellation), cancellation);

    /// <summary>The same within a transaction: the set of a platform that was rejected. A kind's set stays.</summary>
    public static Task RemoveAsync(DistrictSession session, Guid id, CancellationToken cancellation) =>
        session.Model.ToolKeySets.Where(set => set.Id == id && set.Kind == null).ExecuteDeleteAsync(cancellation);
}
