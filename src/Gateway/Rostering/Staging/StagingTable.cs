using Npgsql;

namespace Gateway.Rostering.Staging;

/// <summary>
/// One temporary table and the rows on their way to it. Rows leave in batches: only one COPY can run on a connection, sources mix
/// collections (a user is followed by its roles), and a COPY held open for hours would hold back the database's clean-up.
/// </summary>
internal sealed class StagingTable<TRow>(
    NpgsqlConnection connection, CopyQueue queue, string table, string columns, Func<NpgsqlBinaryImporter, TRow, CancellationToken, Task> write)
{
    private const int Batch = 10_000;
    private List<TRow> waiting = new(Batch);

    public ValueTask AddAsync(TRow? row, CancellationToken cancellation)
    {
        if (row is null)
            return ValueTask.CompletedTask;
        waiting.Add(row);
        return waiting.Count >= Batch ? FlushAsync(cancellation) : ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (waiting.Count == 0)
            return ValueTask.CompletedTask;
        var batch = waiting;
        waiting = new(Batch);
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
        }, cancellation);
    }

    private async Task CopyAsync(List<TRow> batch, CancellationToken cancellation)
    {
        await using var importer = await connection.BeginBinaryImportAsync($"copy {table} ({columns}) from stdin (format binary)", cancellation);
        foreach (var row in batch)
        {
            await importer.StartRowAsync(cancellation);
            await write(importer, row, cancellation);
        }

        await importer.CompleteAsync(cancellation);
    }
}
