using Gateway.Storage;
using Npgsql;

namespace Gateway.Grades;

/// <summary>How a score stands, for the engine that sent it.</summary>
internal sealed class ScoreStatuses(GatewayDatabase database)
{
    /// <summary>The score, or null: there is none of that id from this engine.</summary>
    public async Task<ScoreStatus?> FindAsync(string clientId, Guid id, CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("select * from gateway.find_score($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = clientId });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    // Columns: id, state, code, accepted_at, finished_at, platform_status, platform_reason.
    public static ScoreStatus Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        row.GetString(1),
        row.IsDBNull(2) ? null : row.GetString(2),
        row.GetFieldValue<DateTimeOffset>(3),
        row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4),
        row.IsDBNull(5) ? null : row.GetInt32(5),
        row.IsDBNull(6) ? null : row.GetString(6));
}
