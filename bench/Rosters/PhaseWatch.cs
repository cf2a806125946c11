using System.Diagnostics;
using Npgsql;

namespace Gateway.Bench.Rosters;

/// <summary>Sees in the run history when a run enters its phases, by looking often: what the run's own connection does is not disturbed.</summary>
internal sealed class PhaseWatch(string connection)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <param name="run">Is completed when the run has ended.</param>
    /// <param name="after">The number of the latest run before it; null where it begins only now.</param>
    /// <returns>The phases of the run that begins while <paramref name="run"/> goes on, with the time stamps of their beginnings; last <c>done</c>.</returns>
    public async Task<IReadOnlyList<(string Phase, long At)>> DuringAsync(Task run, long? after = null)
    {
        var phases = new List<(string Phase, long At)>();
        await using var open = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        await open.OpenAsync();
        await using var look = new NpgsqlCommand("select case state when 'running' then phase else 'done' end from gateway.roster_run where id > $1 order by id desc limit 1", open);
        await using var last = new NpgsqlCommand("select coalesce(max(id), 0) from gateway.roster_run", open);
        look.Parameters.AddWithValue(after ?? (long)(await last.ExecuteScalarAsync())!);
        await look.PrepareAsync();
        while (!run.IsCompleted)
        {
            if (await look.ExecuteScalarAsync() is string phase && (phases.Count == 0 || phases[^1].Phase != phase))
                phases.Add((phase, Stopwatch.GetTimestamp()));
            await Task.WhenAny(run, Task.Delay(BetweenLooks, TimeProvider.System));
        }

        await run;
        if (phases.Count == 0 || phases[^1].Phase != "done")
            phases.Add(("done", Stopwatch.GetTimestamp()));
        return phases;
    }
}
