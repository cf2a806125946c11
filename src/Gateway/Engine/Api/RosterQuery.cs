using Npgsql;

namespace Gateway.Engine.Api;

/// <summary>What the database is asked for one answer, in one round trip.</summary>
/// <param name="Read">Reads the answer; the reader stands at the first result of the commands.</param>
/// <param name="Commands">The questions.</param>
internal sealed record RosterQuery<T>(Func<NpgsqlDataReader, CancellationToken, Task<Outcome<T>>> Read, params NpgsqlBatchCommand[] Commands);
