using Gateway.Storage;
using Npgsql;

namespace Gateway.Rostering;

/// <summary>
/// One run a district at a time, across replicas: an advisory lock of the run's own session. It goes when the session does,
/// so a killed run never blocks the next one.
/// </summary>
internal sealed class RunLock : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly int district;

    private RunLock(NpgsqlConnection connection, int district) => (this.connection, this.district) = (connection, district);

    /// <returns>The lock, or null while another run holds it.</returns>
    public static async Task<RunLock?> TryTakeAsync(NpgsqlConnection connection, int district, CancellationToken cancellation)
    {
        // A server that works for minutes would not look whether the other end is still there: a killed run must give its lock back soon.
        await using (var look = new NpgsqlCommand("set client_connection_check_interval = '1s'", connection))
            await look.ExecuteNonQueryAsync(cancellation);
        // A source may be slow, and a large roster takes one statement for minutes.
        await LongWork.AllowAsync(connection, LongWork.OfSession, cancellation);
        await using var take = Command("select pg_try_advisory_lock(hashtextextended('gateway.roster', $1))", connection, district);
        return (bool)(await take.ExecuteScalarAsync(cancellation))! ? new RunLock(connection, district) : null;
    }

    public async ValueTask DisposeAsync()
    {
        // The pool keeps the session: what belongs to the run must go now, not at the session's next use.
        if (connection.State != System.Data.ConnectionState.Open)
            return;
        try
        {
            await using (var discard = new NpgsqlCommand("discard temp", connection))
                await discard.ExecuteNonQueryAsync(CancellationToken.None);
            await using var release = Command("select pg_advisory_unlock(hashtextextended('gateway.roster', $1))", connection, district);
            await release.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The session is gone, and the lock with it.
        }
    }

    private static NpgsqlCommand Command(string sql, NpgsqlConnection connection, int district) =>
        new(sql, connection) { Parameters = { new() { Value = (long)district } } };
}
