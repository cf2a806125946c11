using Gateway.Storage;
using Npgsql;

namespace Gateway.Engine.Webhooks;

/// <summary>
/// Makes an event wherever a feed is past what its engine was told. Any replica may do it, several at once: the row of the position lets
/// one through. A change that is already covered makes none: an event of the district that waits and was not begun to be sent will be
/// read by the engine after the change was committed. Not one that is old, though: its day is nearly over, and its next try far away.
/// </summary>
internal sealed class AnnounceChanges(GatewayDatabase database, TimeProvider time)
{
    /// <summary>Younger events are tried again within a quarter of an hour (<see cref="WebhookRetryPlan"/>).</summary>
    private static readonly TimeSpan Covers = TimeSpan.FromMinutes(20);

    private const string Announce =
        """
        with moved as (
          insert into gateway.webhook_position as p (district_id, client_id, announced)
          select f.district_id, $1, f.last_sequence from gateway.feed_position f where f.district_id = (select gateway.current_district())
          on conflict (district_id, client_id) do update set announced = excluded.announced where p.announced < excluded.announced
          returning p.district_id)
        insert into gateway.webhook_event (id, district_id, client_id, type, created_at, state, offered_at, next_attempt_at)
        select $2, m.district_id, $1, $3, $4, 'pending', $4, $4 from moved m
        where not exists (select from gateway.webhook_event e
                          where e.district_id = m.district_id and e.client_id = $1 and e.type = $3 and e.state = 'pending' and not e.sending and e.offered_at > $5)
        """;

    /// <returns>How many feeds were behind.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var behind = await BehindAsync(cancellation);
        foreach (var (district, client) in behind)
            await AnnounceAsync(district, client, cancellation);
        return behind.Count;
    }

    private async Task<List<(int District, string Client)>> BehindAsync(CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select district_id, client_id from gateway.unannounced_feeds()");
        var behind = new List<(int, string)>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            behind.Add((reader.GetInt32(0), reader.GetString(1)));
        return behind;
    }

    private async Task AnnounceAsync(int district, string client, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        await using var batch = GatewayDatabase.DistrictBatch(connection, district);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Announce)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = client },
                new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7(now) },
                new NpgsqlParameter<string> { TypedValue = WebhookTypes.RosterChanged },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = now },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = now - Covers },
            },
        });
        try
        {
            await batch.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            // The webhook or the district was removed meanwhile: there is nobody to tell, or nothing.
        }
    }
}
