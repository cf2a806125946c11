using System.Collections.Concurrent;
using System.Security.Cryptography;
using Npgsql;

namespace Gateway.Rostering.Staging;

/// <summary>
/// One temporary table and the rows on their way to it. Rows leave in batches: only one COPY can run on a connection, sources mix
/// collections (a user is followed by its roles), and a COPY held open for hours would hold back the database's clean-up.
/// </summary>
internal sealed class StagingTable<TRow>(
    NpgsqlConnection connection, CopyQueue queue, string table, string columns, Action<CopyRows, TRow> write) : IDisposable
{
    private const int Batch = 10_000;
    private readonly ConcurrentBag<CopyRows> spare = [];
    private readonly IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private CopyRows waiting = new();

    public ValueTask AddAsync(TRow? row, CancellationToken cancellation)
    {
        if (row is null)
            return ValueTask.CompletedTask;
        write(waiting, row);
        return waiting.Count >= Batch ? FlushAsync(cancellation) : ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (waiting.Count == 0)
            return ValueTask.CompletedTask;
        var batch = waiting;
        waiting = spare.TryTake(out var used) ? used : new CopyRows();
        return queue.AddAsync(token => CopyAsync(batch, token), cancellation);
    }

    /// <summary>Forgets every row so far.</summary>
    public ValueTask RestartAsync(CancellationToken cancellation)
    {
        waiting.Clear();
        return queue.AddAsync(async token =>
        {
            await using var truncate = new NpgsqlCommand($"truncate {table}", connection);
            await truncate.ExecuteNonQueryAsync(token);
            digest.GetHashAndReset();
        }, cancellation);
    }

    /// <summary>SHA-256 of all rows in the order in which they came. Once the queue is done, and once.</summary>
    public byte[] Digest() => digest.GetHashAndReset();

    public void Dispose() => digest.Dispose();

    private async Task CopyAsync(CopyRows batch, CancellationToken cancellation)
    {
        digest.AppendData(batch.Rows);
        await batch.SendAsync(connection, $"copy {table} ({columns}) from stdin (format binary)", cancellation);
        batch.Clear();
        spare.Add(batch);
    }
}
