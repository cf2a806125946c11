using Npgsql;

namespace Gateway.Rostering.Staging;

/// <summary>
/// One temporary table and the rows on their way to it. Rows leave in batches: only one COPY can run on a connection, sources mix
/// collections (a user is followed by its roles), and a COPY held open for hours would hold back the database's clean-up.
/// </summary>
internal sealed class StagingTable<TRow>(NpgsqlConnection connection, string copy, Action<CopyRows, TRow> write)
{
    private const int Batch = 10_000;
    private readonly CopyRows waiting = new();

    public async ValueTask AddAsync(TRow? row, CancellationToken cancellation)
    {
        if (row is null)
            return;
        write(waiting, row);
        if (waiting.Count >= Batch)
            await FlushAsync(cancellation);
    }

    public async Task FlushAsync(CancellationToken cancellation)
    {
        if (waiting.Count == 0)
            return;
        await waiting.SendAsync(connection, copy, cancellation);
        waiting.Clear();
    }
}
