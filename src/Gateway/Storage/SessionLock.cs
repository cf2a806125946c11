using System.Buffers.Binary;
using Npgsql;

namespace Gateway.Storage;

/// <summary>
/// A lock on one row that belongs to the database's session: it keeps other replicas off while somebody outside is asked, without a
/// transaction, and is gone with the process.
/// </summary>
internal static class SessionLock
{
    /// <summary>The lock's key: the random half of a version 7 UUID (RFC 9562 5.7), or half of a pseudonym.</summary>
    public static long KeyOf(Guid id) => BinaryPrimitives.ReadInt64LittleEndian(id.ToByteArray().AsSpan(8));

    /// <summary>False: another session has it.</summary>
    public static async Task<bool> TryTakeAsync(NpgsqlConnection connection, long key, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_lock($1)", connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = key } } };
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Gives it back; a connection that is broken has given it back already.</summary>
    public static async Task ReleaseAsync(NpgsqlConnection connection, long key)
    {
        if (connection.State != System.Data.ConnectionState.Open)
            return;
        await using var unlock = new NpgsqlCommand("select pg_advisory_unlock($1)", connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = key } } };
        await unlock.ExecuteNonQueryAsync();
    }
}
