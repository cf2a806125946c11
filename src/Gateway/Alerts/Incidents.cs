using System.Collections.Concurrent;
using Gateway.Storage;

namespace Gateway.Alerts;

/// <summary>
/// Counts what may be an incident (P-5.7): without addresses and without identities, by district, kind and what it came through. What is
/// below its threshold is counted in this process alone and forgotten; from there on each is written down, and
/// <see cref="IncidentRound"/> tells of it within a minute.
/// </summary>
internal sealed class Incidents(GatewayDatabase database, TimeProvider time, ILogger<Incidents> logger)
{
    /// <summary>How long what was seen counts towards the threshold.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private const int Room = 10_000;
    private readonly ConcurrentDictionary<(int District, string Kind, string Source), Seen> seen = new();

    /// <summary>Something happened that is an incident once it has happened so many times within <see cref="Window"/>.</summary>
    /// <param name="district">Whose district it is.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="source">What it came through: a registration's number or an engine's id. Never stored.</param>
    /// <param name="threshold">How often makes an incident; 1: each.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public async Task NoticeAsync(int district, IncidentKind kind, string source, int threshold, CancellationToken cancellation)
    {
        if (Count((district, kind.Name, source), threshold) is not (> 0 and var count))
            return;
        try
        {
            await ReportAsync(district, kind, count, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whoever was refused is refused all the same.
            Log.IncidentNotWritten(logger, district, kind.Name, e.GetType().Name);
        }
    }

    /// <summary>An incident, or several of them at once.</summary>
    public async Task ReportAsync(int district, IncidentKind kind, int count, CancellationToken cancellation)
    {
        Log.IncidentSeen(logger, district, kind.Name, count);
        await database.InDistrictAsync(district, session => ReportAsync(session, kind, count, cancellation), cancellation);
    }

    private async Task ReportAsync(DistrictSession session, IncidentKind kind, int count, CancellationToken cancellation)
    {
        await using var upsert = session.Command("""
            insert into gateway.incident as i (district_id, kind, untold, total, first_at, last_at) values (@district, @kind, @count, @count, @now, @now)
            on conflict (district_id, kind) do update
            set untold = i.untold + @count, total = i.total + @count, first_at = case when i.untold = 0 then @now else i.first_at end, last_at = @now
            """);
        upsert.Parameters.AddWithValue("district", session.District);
        upsert.Parameters.AddWithValue("kind", kind.Name);
        upsert.Parameters.AddWithValue("count", count);
        upsert.Parameters.AddWithValue("now", time.GetUtcNow());
        await upsert.ExecuteNonQueryAsync(cancellation);
    }

    // How many are to be written down now: none below the threshold, all of them when it is reached, then each.
    private int Count((int, string, string) key, int threshold)
    {
        if (seen.Count > Room)
            seen.Clear();
        var now = time.GetUtcNow();
        var counted = seen.AddOrUpdate(
            key, _ => new Seen(1, now), (_, before) => now - before.Since > Window ? new Seen(1, now) : before with { Times = before.Times + 1 });
        return counted.Times < threshold ? 0 : counted.Times == threshold ? threshold : 1;
    }

    private readonly record struct Seen(int Times, DateTimeOffset Since);
}
