using Gateway.Storage;
using Npgsql;

namespace Gateway.Grades;

/// <summary>A score that this process alone is delivering; the lock ends with the connection.</summary>
internal sealed class HeldScore(NpgsqlConnection connection, long lockKey) : IAsyncDisposable
{
    public required Guid Id { get; init; }

    public required int District { get; init; }

    public required string ClientId { get; init; }

    public required byte[] SealedScore { get; init; }

    /// <summary>This try included.</summary>
    public required int Attempts { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public NpgsqlConnection Connection => connection;

    public async ValueTask DisposeAsync()
    {
        await SessionLock.ReleaseAsync(connection, lockKey);
        await connection.DisposeAsync();
    }
}
