using Gateway.Alerts;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Privacy;

/// <summary>An erasure that an engine has not confirmed yet.</summary>
/// <param name="Id">Its number as this engine knows it.</param>
/// <param name="Learner">The number that the engine's id of the person is made of.</param>
/// <param name="ErasedAt">When the person was erased here, to the minute.</param>
internal sealed record OpenErasure(Guid Id, long Learner, DateTimeOffset ErasedAt);

/// <summary>What the engines have to confirm (P-3.3), and who is told when one does not.</summary>
internal sealed class Erasures(GatewayDatabase database, AuditTrail trail, Incidents incidents, TimeProvider time)
{
    /// <summary>So long an engine may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    private static readonly TimeSpan BetweenAlerts = TimeSpan.FromDays(1);

    /// <summary>The district of a slug in which the engine ever had something to confirm, also when it is given nothing there any more.</summary>
    public async Task<int?> DistrictAsync(string clientId, string slug, CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select gateway.erasure_district($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = clientId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = slug });
        return await command.ExecuteScalarAsync(cancellation) as int?;
    }

    /// <summary>Those that the engine has not confirmed, in an order that is another for each engine.</summary>
    public async Task<List<OpenErasure>> OpenAsync(int district, string clientId, int limit, CancellationToken cancellation)
    {
        var open = await database.InDistrictAsync(district, session => (
            from engine in session.Model.ErasureEngines
            join erasure in session.Model.Erasures on engine.ErasureId equals erasure.Id
            where engine.DistrictId == district && engine.ClientId == clientId && engine.AcknowledgedAt == null && erasure.LearnerId != null
            orderby engine.ToldAs
            select new OpenErasure(engine.ToldAs, erasure.LearnerId!.Value, erasure.ErasedAt)).Take(limit).ToListAsync(cancellation), cancellation);
        return open.ConvertAll(one => one with { ErasedAt = ToTheMinute(one.ErasedAt) });
    }

    /// <summary>The engine has erased its copy. With the last engine the learner's number goes, too. Doing it again changes nothing.</summary>
    /// <returns>When it was confirmed first; null: there is no such erasure for this engine.</returns>
    public Task<DateTimeOffset?> AcknowledgeAsync(int district, string clientId, Guid told, CancellationToken cancellation) => database.InDistrictAsync<DateTimeOffset?>(district, async session =>
    {
        if (await session.Model.ErasureEngines.AsNoTracking().Where(row => row.DistrictId == district && row.ClientId == clientId && row.ToldAs == told)
                .Select(row => (Guid?)row.ErasureId).SingleOrDefaultAsync(cancellation) is not { } id)
            return null;
        // One at a time: the last of several must see that it is.
        await session.Model.Erasures.FromSql($"select * from gateway.erasure where id = {id} and district_id = {district} for update").AsNoTracking().ToListAsync(cancellation);
        var own = session.Model.ErasureEngines.Where(row => row.ErasureId == id && row.DistrictId == district);
        if (await own.AsNoTracking().SingleOrDefaultAsync(row => row.ClientId == clientId, cancellation) is not { } engine)
            return null;
        if (engine.AcknowledgedAt is { } before)
            return before;
        // As precise as it is stored, so that the answer is the same each time.
        var now = new DateTimeOffset(time.GetUtcNow().Ticks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        await own.Where(row => row.ClientId == clientId).ExecuteUpdateAsync(set => set.SetProperty(row => row.AcknowledgedAt, now), cancellation);
        if (!await own.AnyAsync(row => row.AcknowledgedAt == null, cancellation))
            await session.Model.Erasures.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LearnerId, (long?)null), cancellation);
        await trail.AppendAsync(session, AuditEntry.Of(AuditEntry.Engine(clientId), "erasure.acknowledged", ("erasure", id.ToString())), cancellation);
        return now;
    }, cancellation);

    /// <summary>Tells, once a day, of what was not confirmed in time: the district and the operator.</summary>
    public async Task WatchAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        foreach (var district in await OverdueAsync(now, cancellation))
        {
            var late = await database.InDistrictAsync(district, async session =>
            {
                await using var mark = session.Command("""
                    update gateway.erasure_engine o set alerted_at = @now from gateway.erasure e
                    where e.id = o.erasure_id and o.district_id = @district and o.acknowledged_at is null and e.erased_at < @before
                      and (o.alerted_at is null or o.alerted_at <= @told)
                    """);
                mark.Parameters.AddWithValue("now", now);
                mark.Parameters.AddWithValue("district", district);
                mark.Parameters.AddWithValue("before", now - Patience);
                mark.Parameters.AddWithValue("told", now - BetweenAlerts);
                return await mark.ExecuteNonQueryAsync(cancellation);
            }, cancellation);
            if (late > 0)
                await incidents.ReportAsync(district, IncidentKind.ErasureOverdue, late, cancellation);
        }
    }

    private static DateTimeOffset ToTheMinute(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute));

    private async Task<List<int>> OverdueAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select gateway.overdue_erasures($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - Patience });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - BetweenAlerts });
        var districts = new List<int>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            districts.Add(reader.GetInt32(0));
        return districts;
    }
}
