using Gateway.Storage;
using Npgsql;

namespace Gateway.Grades;

/// <summary>The newest score of a lane, whose deliveries are this process's alone; the lock ends with the connection.</summary>
internal sealed class HeldScore(NpgsqlConnection connection, long lockKey) : IAsyncDisposable
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1);

    public required Guid Id { get; init; }

    public required int District { get; init; }

    public required Guid Lane { get; init; }

    public required string ClientId { get; init; }

    public required byte[] SealedScore { get; init; }

    /// <summary>This try included.</summary>
    public required int Attempts { get; init; }

    /// <summary>From when its tries count.</summary>
    public required DateTimeOffset OfferedAt { get; init; }

    /// <summary>When this try began.</summary>
    public required DateTimeOffset HeldAt { get; init; }

    /// <summary>Whether an earlier try of this score may have reached the platform.</summary>
    public required bool MayHaveArrived { get; init; }

    /// <summary>When that was; null: it cannot have.</summary>
    public required DateTimeOffset? SentBefore { get; init; }

    /// <summary>Whether the platform called it outdated although it cannot have it: then it goes with the time of this try.</summary>
    public required bool Resent { get; init; }

    /// <summary>When another score of this lane may have reached the platform last.</summary>
    public required DateTimeOffset? LaneSentAt { get; init; }

    public NpgsqlConnection Connection => connection;

    /// <summary>
    /// The time that the platform is told. Moodle before 4.4 gives a grade the time at which it took it, and refuses what is not later in
    /// whole seconds: so it is a second after whatever the lane delivered last. It never lies ahead: the outbox waits instead.
    /// </summary>
    /// <param name="stated">When the score came about.</param>
    public DateTimeOffset TimestampOf(DateTimeOffset stated) => Resent ? HeldAt : LaneSentAt + Apart is { } later && later > stated ? later : stated;

    public async ValueTask DisposeAsync()
    {
        await SessionLock.ReleaseAsync(connection, lockKey);
        await connection.DisposeAsync();
    }
}
