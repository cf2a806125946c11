using Npgsql;

namespace Gateway.Rostering.Staging;

/// <summary>
/// One temporary table and the rows on their way to it. Rows leave in batches: only one COPY can run on a connection, sources mix
/// collections (a user is followed by its roles), and a COPY held open for hours would hold back the database's clean-up.
/// </summary>
internal sealed class StagingTable<TRow>(NpgsqlConnection connection, string copy, Func<NpgsqlBinaryImporter, TRow, CancellationToken, Task> write)
{
    private const int Batch = 10_000;
    private readonly List<TRow> waiting = [];

    public async ValueTask AddAsync(TRow? row, CancellationToken cancellation)
    {
        if (row is null)
            return;
        waiting.Add(row);
        if (waiting.Count >= Batch)
            await FlushAsync(cancellation);
    }

    public async Task FlushAsync(CancellationToken cancellation)
    {
        if (waiting.Count == 0)
            return;
        await using var importer = await connection.BeginBinaryImportAsync(copy, cancellation);
        foreach (var row in waiting)
        {
            await importer.StartRowAsync(cancellation);
            await write(importer, row, cancellation);
        }

        await importer.CompleteAsync(cancellation);
        waiting.Clear();
    }
}
