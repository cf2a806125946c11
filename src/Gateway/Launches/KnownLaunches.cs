using Gateway.Storage;
using Npgsql;

namespace Gateway.Launches;

/// <summary>
/// Writes launches of known people, those of several districts at once: one round trip, one commit for all of them
/// (see <c>gateway.record_known_launches</c>). Used by one caller at a time; keeps a connection of its own.
/// </summary>
internal sealed class KnownLaunches(GatewayDatabase database) : IAsyncDisposable
{
    private NpgsqlConnection? connection;

    /// <summary>
    /// An answer for each launch that is settled, by its id: the learner, or null when its nonce was spent before.
    /// A launch without an answer has touched nothing.
    /// </summary>
    /// <exception cref="NpgsqlException">Nothing was written; after a lost connection that is not certain.</exception>
    public async Task<Dictionary<Guid, long?>> WriteAsync(IReadOnlyList<WaitingLaunch> launches)
    {
        connection ??= await database.DataSource.OpenConnectionAsync();
        try
        {
            await using NpgsqlBatch batch = new(connection);
            // In the order of the districts, so that two replicas never wait for each other.
            foreach (var district in launches.GroupBy(launch => launch.District).OrderBy(group => group.Key))
                Add(batch, district.Key, [.. district.Select(launch => launch.Launch)]);
            return await ReadAsync(batch, launches.Count);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref connection, null) is { } held)
            await held.DisposeAsync();
    }

    private static void Add(NpgsqlBatch batch, int district, LaunchToRecord[] launches) =>
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select * from gateway.record_known_launches($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = district },
                Column(launches, launch => launch.Nonce),
                Column(launches, launch => launch.NonceExpiresAt),
                Column(launches, launch => launch.Launch),
                Column(launches, launch => launch.Registration),
                Column(launches, launch => launch.MessageType),
                Column(launches, launch => launch.Role),
                Column(launches, launch => launch.Subject!.Value.Value),
                Column(launches, launch => launch.SisPerson?.Value),
                Column(launches, launch => launch.LegacyUser?.Value),
                Column(launches, launch => launch.At),
            },
        });

    private static NpgsqlParameter Column<T>(LaunchToRecord[] launches, Func<LaunchToRecord, T> value) =>
        new NpgsqlParameter<T[]> { TypedValue = Array.ConvertAll(launches, launch => value(launch)) };

    private static async Task<Dictionary<Guid, long?>> ReadAsync(NpgsqlBatch batch, int count)
    {
        Dictionary<Guid, long?> settled = new(count);
        await using var reader = await batch.ExecuteReaderAsync();
        do
        {
            while (await reader.ReadAsync())
                settled.Add(reader.GetGuid(0), reader.GetBoolean(2) ? reader.GetInt64(1) : null);
        }
        while (await reader.NextResultAsync());
        return settled;
    }
}
