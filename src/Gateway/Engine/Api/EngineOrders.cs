using System.Collections.Concurrent;
using Gateway.Identity;
using Gateway.Privacy;
using Gateway.Storage;

namespace Gateway.Engine.Api;

/// <summary>Which rows of a district a list goes through.</summary>
internal enum OrderedRows
{
    /// <summary>Everybody.</summary>
    Learners,

    /// <summary>The classes that are on the roster.</summary>
    Classes,

    /// <summary>The classes that somebody is in.</summary>
    ClassesWithMembers,
}

/// <summary>The order of a list for one engine, and where the district's feed stood when it was made.</summary>
internal sealed record ListOrder(EngineOrder Order, long Since);

/// <summary>
/// Keeps the orders of long lists in memory, eight bytes a row (docs/adr/0050). Nothing depends on it: another replica makes the same order
/// from the same rows. A list that an engine begins to read is at least as new as the feed was at that moment, so that what it lacks comes as a
/// change; the pages that follow are of that order or a newer one.
/// </summary>
internal sealed class EngineOrders(GatewayDatabase database, TimeProvider time)
{
    /// <summary>Rows in memory at most, of all districts and engines.</summary>
    private const long Room = 8_000_000;

    // What an operator changes in the database by hand is in no feed.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<(string Client, int District, OrderedRows Rows), Entry> kept = new();

    /// <param name="engine">The engine.</param>
    /// <param name="district">The district's number.</param>
    /// <param name="rows">Which rows.</param>
    /// <param name="since">Where the feed stood when the engine began; null: it begins now.</param>
    /// <param name="cancellation">The engine went away.</param>
    public async Task<ListOrder> GetAsync(RegisteredEngine engine, int district, OrderedRows rows, long? since, CancellationToken cancellation)
    {
        var key = (engine.ClientId, district, rows);
        var now = time.GetUtcNow();
        if (kept.TryGetValue(key, out var entry) && now - entry.At < Kept && (since is null || entry.Since >= since))
        {
            var from = since ?? await PositionAsync(district, cancellation);
            if (entry.Since >= from)
                return new(entry.Order, from);
        }

        var (position, numbers) = await ReadAsync(district, rows, cancellation);
        var order = new EngineOrder(engine.Ids, KindOf(rows), district, numbers);
        Keep(key, new(order, position, now));
        return new(order, since ?? position);
    }

    /// <summary>What the numbers are of.</summary>
    public static EngineIdKind KindOf(OrderedRows rows) => rows == OrderedRows.Learners ? EngineIdKind.Learner : EngineIdKind.Class;

    private void Keep((string, int, OrderedRows) key, Entry entry)
    {
        kept[key] = entry;
        foreach (var (old, one) in kept)
            if (entry.At - one.At >= Kept)
                kept.TryRemove(old, out _);
        if (kept.Values.Sum(one => (long)one.Order.Count) > Room)
            kept.Clear();
    }

    private async Task<long> PositionAsync(int district, CancellationToken cancellation)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        await using var batch = GatewayDatabase.DistrictBatch(connection, district);
        batch.BatchCommands.Add(Keyset.Command(Position, district));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? reader.GetInt64(0) : 0;
    }

    // The position first: what is committed between the two questions is in the rows, and comes as a change once more.
    private async Task<(long Position, long[] Rows)> ReadAsync(int district, OrderedRows rows, CancellationToken cancellation)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        await using var batch = GatewayDatabase.DistrictBatch(connection, district);
        batch.BatchCommands.Add(Keyset.Command(Position, district));
        batch.BatchCommands.Add(Keyset.Command(rows switch
        {
            OrderedRows.Learners => "select l.id from gateway.learner l where l.district_id = $1",
            OrderedRows.Classes => "select c.id from gateway.class c where c.district_id = $1 and c.ended_on is null",
            _ => "select c.id from gateway.class c where c.district_id = $1 and exists (select from gateway.enrollment e where e.class_id = c.id and e.ended_on is null)",
        }, district));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        var position = await reader.ReadAsync(cancellation) ? reader.GetInt64(0) : 0;
        await reader.NextResultAsync(cancellation);
        var numbers = new List<long>();
        while (await reader.ReadAsync(cancellation))
            numbers.Add(reader.GetInt64(0));
        return (position, [.. numbers]);
    }

    private const string Position = "select last_sequence from gateway.feed_position where district_id = $1";

    private sealed record Entry(EngineOrder Order, long Since, DateTimeOffset At);
}
