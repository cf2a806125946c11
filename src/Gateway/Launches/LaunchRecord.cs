using Gateway.Privacy;
using Gateway.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Gateway.Launches;

/// <summary>What is written of a launch: pseudonyms and numbers only.</summary>
internal sealed record LaunchToRecord(
    Guid Launch, Guid Nonce, DateTimeOffset NonceExpiresAt, int Registration, string? LearnedDeployment, string MessageType, string Role,
    Pseudonym Subject, Pseudonym? SisPerson, short KeyVersion, DateTimeOffset At);

/// <summary>Writes a launch: one round trip, one commit (see <c>gateway.record_launch</c>).</summary>
internal sealed class LaunchRecord(GatewayDatabase database)
{
    /// <summary>The learner's row, or null when the nonce was spent before.</summary>
    public Task<long?> WriteAsync(int district, LaunchToRecord launch, CancellationToken cancellation) =>
        LearnerRace.RetryAsync(() => TryWriteAsync(district, launch, cancellation));

    private async Task<long?> TryWriteAsync(int district, LaunchToRecord launch, CancellationToken cancellation)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        await using var batch = GatewayDatabase.DistrictBatch(connection, district);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select gateway.record_launch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = launch.Nonce },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = launch.NonceExpiresAt },
                new NpgsqlParameter<Guid> { TypedValue = launch.Launch },
                new NpgsqlParameter<int> { TypedValue = launch.Registration },
                new NpgsqlParameter<string?> { TypedValue = launch.LearnedDeployment },
                new NpgsqlParameter<string> { TypedValue = launch.MessageType },
                new NpgsqlParameter<string> { TypedValue = launch.Role },
                new NpgsqlParameter<Guid> { TypedValue = launch.Subject.Value },
                new NpgsqlParameter { Value = launch.SisPerson is { } person ? person.Value : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
                new NpgsqlParameter<short> { TypedValue = launch.KeyVersion },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = launch.At },
            },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? reader.GetInt64(0) : null;
    }
}
