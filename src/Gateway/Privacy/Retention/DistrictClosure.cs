using Gateway.Storage;
using Npgsql;

namespace Gateway.Privacy.Retention;

/// <summary>
/// Deletes a district whose contract is over (P-2.8): its key first, in a transaction of its own, so that what remains here and in backups is
/// unreadable from then on; then its rows, batch by batch; at last its own row, with an entry of the gateway's audit chain that says how many
/// rows of which tables there were. Whoever is killed in between is followed by the next run.
/// </summary>
internal sealed class DistrictClosure(GatewayDatabase database, DistrictKeys keys, AuditTrail audit)
{
    private const int Batch = 20_000;

    public async Task RunAsync(int district, string slug, DateOnly contractEnd, DateTimeOffset now, CancellationToken cancellation)
    {
        await keys.DestroyAsync(district, cancellation);
        while (await DeleteBatchAsync(district, now, cancellation) > 0)
        {
        }

        await database.InDistrictAsync(district, async session =>
        {
            var counts = await CountsAsync(session, cancellation);
            await using (var delete = session.Command("select gateway.delete_district($1, $2)"))
            {
                Bind(delete, district, now);
                await delete.ExecuteNonQueryAsync(cancellation);
            }

            await audit.AppendAsync(session.Connection, session.Transaction, RetentionEntries.DistrictDeleted(slug, contractEnd, counts), cancellation);
        }, cancellation);
    }

    private async Task<long> DeleteBatchAsync(int district, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        await LongWork.AllowAsync(connection, LongWork.OfSession, cancellation);
        await using var command = new NpgsqlCommand("select gateway.delete_of_district($1, $2, $3)", connection);
        Bind(command, district, now);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Batch });
        command.CommandTimeout = 0;
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<List<(string Table, long Rows)>> CountsAsync(DistrictSession session, CancellationToken cancellation)
    {
        await using var select = session.Command("select relation, rows from gateway.district_closing order by relation");
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        var counts = new List<(string, long)>();
        while (await reader.ReadAsync(cancellation))
            counts.Add((reader.GetString(0), reader.GetInt64(1)));
        return counts;
    }

    private static void Bind(NpgsqlCommand command, int district, DateTimeOffset now)
    {
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = district });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
    }
}
