using Gateway.Storage;
using Npgsql;

namespace Gateway.Engine.Webhooks;

/// <summary>An event that this process alone is sending, and where to; the lock ends with the connection.</summary>
internal sealed class HeldEvent(NpgsqlConnection connection, long lockKey) : IAsyncDisposable
{
    public required Guid Id { get; init; }

    public required int District { get; init; }

    public required string DistrictSlug { get; init; }

    public required string ClientId { get; init; }

    public required string Type { get; init; }

    /// <summary>Null where it is about no score.</summary>
    public required ParkedScore? Score { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when its tries count.</summary>
    public required DateTimeOffset OfferedAt { get; init; }

    /// <summary>This try included.</summary>
    public required int Attempts { get; init; }

    public required string Url { get; init; }

    /// <summary>The secret in force first, then the one before while it signs too.</summary>
    public required IReadOnlyList<byte[]> SealedSecrets { get; init; }

    public NpgsqlConnection Connection => connection;

    public async ValueTask DisposeAsync()
    {
        await SessionLock.ReleaseAsync(connection, lockKey);
        await connection.DisposeAsync();
    }
}
