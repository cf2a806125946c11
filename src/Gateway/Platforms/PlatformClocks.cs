using System.Collections.Concurrent;
using System.Globalization;
using Gateway.Launches;
using Gateway.Storage;
using Lti.Launches;
using Npgsql;
using Registration = Lti.Registrations.Registration;

namespace Gateway.Platforms;

/// <summary>
/// Remembers by how much platforms' clocks differ, as their launches show it: in memory on the launch path, and in the registration's row
/// once a minute at most, once an hour where nothing changes.
/// </summary>
internal sealed class PlatformClocks(GatewayDatabase database, RegistrationDirectory directory, TimeProvider time) : IPlatformClocks
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    // A smaller change is the way of a message more than the clock.
    private static readonly TimeSpan Noticeable = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Watched> watched = new(StringComparer.Ordinal);

    public void Seen(Registration registration, TimeSpan age)
    {
        ArgumentNullException.ThrowIfNull(registration);
        watched.GetOrAdd(registration.Id, static _ => new Watched()).Add(age);
    }

    /// <summary>Writes what is due, and gives how many registrations that was.</summary>
    public async Task<int> WriteAsync(CancellationToken cancellation)
    {
        var written = 0;
        var now = time.GetUtcNow();
        foreach (var (id, one) in watched)
        {
            if (one.TakeDue(now) is not { } behind || !int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || await directory.GetAsync(number, cancellation) is not { } platform)
                continue;
            await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
            await using var batch = GatewayDatabase.DistrictBatch(connection, platform.District);
            batch.BatchCommands.Add(new NpgsqlBatchCommand("update gateway.registration set clock_behind = $2, clock_seen_at = $3 where id = $1")
            {
                Parameters =
                {
                    new NpgsqlParameter<int> { TypedValue = number },
                    new NpgsqlParameter<int> { TypedValue = (int)Math.Clamp(Math.Round(behind.TotalSeconds), int.MinValue, int.MaxValue) },
                    new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
                },
            });
            await batch.ExecuteNonQueryAsync(cancellation);
            written++;
        }

        return written;
    }

    /// <summary>The launches of one registration since the last writing.</summary>
    private sealed class Watched
    {
        private readonly Lock gate = new();
        private TimeSpan? smallest;
        private (TimeSpan Behind, DateTimeOffset At)? written;

        public void Add(TimeSpan age)
        {
            // A message that was long on its way looks like a clock that is behind: the quickest one tells most.
            lock (gate)
                if (smallest is not { } known || age < known)
                    smallest = age;
        }

        public TimeSpan? TakeDue(DateTimeOffset now)
        {
            lock (gate)
            {
                if (smallest is not { } behind)
                    return null;
                if (written is { } last && now < last.At + Kept && (behind - last.Behind).Duration() < Noticeable)
                    return null;
                (written, smallest) = ((behind, now), null);
                return behind;
            }
        }
    }
}
