using Gateway.Privacy;
using Gateway.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Gateway.Launches;

/// <summary>What is written of a launch: pseudonyms and numbers only.</summary>
internal sealed record LaunchToRecord(
    Guid Launch, Guid Nonce, DateTimeOffset NonceExpiresAt, int Registration, string? LearnedDeployment, string? LearnedLineItemOrigin, string MessageType, string Role,
    Pseudonym? Subject, Pseudonym? SisPerson, Pseudonym? LegacyUser, Pseudonym? ReviewedSubject, short KeyVersion,
    IReadOnlyList<Rekeyed> Rekeyed, DateTimeOffset At)
{
    /// <summary>Pseudonyms of the person that are checked for a block and not written.</summary>
    public IReadOnlyList<Pseudonym> Unrecorded { get; private init; } = [];

    /// <summary>The same launch, of which nothing is kept but its nonce: its person has no part in the course's work.</summary>
    public LaunchToRecord WithoutPerson() => this with
    {
        Subject = null,
        SisPerson = null,
        LegacyUser = null,
        ReviewedSubject = null,
        Rekeyed = [],
        Unrecorded = [.. new[] { Subject, SisPerson, LegacyUser }.OfType<Pseudonym>(), .. Rekeyed.Select(one => one.Other)],
    };
}

/// <summary>Whose launch it was, and what it taught of its platform.</summary>
/// <param name="Learner">The learner's row; null for a guest, of whom nothing is kept.</param>
/// <param name="ReviewedLearner">The row of the learner under review; null when there is none, or none that is known.</param>
/// <param name="IsBlocked">The person is blocked (P-3.5): nothing was written.</param>
/// <param name="IsOfUnknownDeployment">Another deployment was learned meanwhile: nothing was written.</param>
/// <param name="LearnedDeployment">The deployment was new, and is known now.</param>
/// <param name="LineItemOrigin">Where the platform's line items are, if this launch asked for it to be learned; else null.</param>
/// <param name="Conflict">Why an id that the launch carried did not attach, as <c>learner_conflict</c> writes it; null mostly.</param>
internal readonly record struct RecordedLaunch(
    long? Learner, long? ReviewedLearner, bool IsBlocked = false, bool IsOfUnknownDeployment = false, bool LearnedDeployment = false, string? LineItemOrigin = null,
    string? Conflict = null);

/// <summary>Writes a launch: one round trip, one commit (see <c>gateway.record_launch</c>).</summary>
internal sealed class LaunchRecord(GatewayDatabase database)
{
    // See gateway.learn_of_platform.
    private const string DeploymentUnknown = "GR004";

    /// <summary>Null when the nonce was spent before. Without a subject the nonce is all that is written.</summary>
    public async Task<RecordedLaunch?> WriteAsync(int district, LaunchToRecord launch, CancellationToken cancellation)
    {
        try
        {
            return await LearnerRace.RetryAsync(() => TryWriteAsync(district, launch, cancellation));
        }
        catch (PostgresException e) when (e.SqlState == BlockedPeople.Refused)
        {
            return new RecordedLaunch(null, null, IsBlocked: true);
        }
        catch (PostgresException e) when (e.SqlState == DeploymentUnknown)
        {
            return new RecordedLaunch(null, null, IsOfUnknownDeployment: true);
        }
    }

    private async Task<RecordedLaunch?> TryWriteAsync(int district, LaunchToRecord launch, CancellationToken cancellation)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellation);
        await using var batch = GatewayDatabase.DistrictBatch(connection, district);
        if (launch.Rekeyed.Count > 0)
            batch.BatchCommands.Add(Rekeying(launch));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select gateway.refuse_blocked($1)")
        {
            Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = Hashes(launch) } },
        });
        var learns = launch.LearnedDeployment is not null || launch.LearnedLineItemOrigin is not null;
        if (learns)
            batch.BatchCommands.Add(Learning(launch));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select * from gateway.record_launch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = launch.Nonce },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = launch.NonceExpiresAt },
                new NpgsqlParameter<Guid> { TypedValue = launch.Launch },
                new NpgsqlParameter<int> { TypedValue = launch.Registration },
                // What is learned is learned above, where learning ends.
                new NpgsqlParameter<string?> { TypedValue = null },
                new NpgsqlParameter<string> { TypedValue = launch.MessageType },
                new NpgsqlParameter<string> { TypedValue = launch.Role },
                Optional(launch.Subject),
                Optional(launch.SisPerson),
                Optional(launch.LegacyUser),
                Optional(launch.ReviewedSubject),
                new NpgsqlParameter<short> { TypedValue = launch.KeyVersion },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = launch.At },
            },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        if (launch.Rekeyed.Count > 0)
            await reader.NextResultAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        var (learned, origin) = learns ? await LearnedAsync(reader, cancellation) : default;
        return await reader.ReadAsync(cancellation)
            ? new RecordedLaunch(
                Row(reader, 0), Row(reader, 1), LearnedDeployment: learned, LineItemOrigin: origin, Conflict: reader.IsDBNull(2) ? null : reader.GetString(2))
            : null;
    }

    private static async Task<(bool Deployment, string? LineItemOrigin)> LearnedAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        await reader.ReadAsync(cancellation);
        var learned = (reader.GetBoolean(0), reader.IsDBNull(1) ? null : reader.GetString(1));
        await reader.NextResultAsync(cancellation);
        return learned;
    }

    // T-7: in the launch's own transaction, so that of two first launches one is learned.
    private static NpgsqlBatchCommand Learning(LaunchToRecord launch) => new("select learned, line_item_origin from gateway.learn_of_platform($1, $2, $3, $4)")
    {
        Parameters =
        {
            new NpgsqlParameter<int> { TypedValue = launch.Registration },
            new NpgsqlParameter<string?> { TypedValue = launch.LearnedDeployment },
            new NpgsqlParameter<string?> { TypedValue = launch.LearnedLineItemOrigin },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = launch.At },
        },
    };

    private static Guid[] Hashes(LaunchToRecord launch) =>
        [.. new[] { launch.Subject, launch.SisPerson, launch.LegacyUser }.OfType<Pseudonym>().Concat(launch.Unrecorded).Select(pseudonym => pseudonym.Value)];

    // P-1.2: in the launch's own transaction, before the learner is looked for.
    private static NpgsqlBatchCommand Rekeying(LaunchToRecord launch) => new("select gateway.rekey_people($1, $2, $3, $4, $5)")
    {
        Parameters =
        {
            new NpgsqlParameter<short[]> { TypedValue = [.. launch.Rekeyed.Select(one => KindOf(one.Kind))] },
            new NpgsqlParameter<Guid[]> { TypedValue = [.. launch.Rekeyed.Select(one => one.Other.Value)] },
            new NpgsqlParameter<Guid[]> { TypedValue = [.. launch.Rekeyed.Select(one => one.Current.Value)] },
            new NpgsqlParameter<short> { TypedValue = launch.KeyVersion },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = launch.At },
        },
    };

    // As learner_identity numbers them.
    private static short KindOf(IdentifierKind kind) => kind switch
    {
        IdentifierKind.Subject => 1,
        IdentifierKind.SisPerson => 2,
        IdentifierKind.LegacyUser => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static NpgsqlParameter Optional(Pseudonym? pseudonym) =>
        new() { Value = pseudonym is { } known ? known.Value : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };

    private static long? Row(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
}
