using System.Diagnostics;
using Gateway.Storage;
using Gateway.Storage.Sealing;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Gateway.Bench.Rosters;

/// <summary>
/// What those who read the roster notice of a night: 100 reads a second over four connections, as the gateway's unprivileged role in the
/// district's sight (a class with its learners, a learner's classes, 500 lines of the change feed, in turn), while nights with 3 % of
/// the students changed go over the district. <c>bench roster-readers CONNECTION GATEWAY.DLL MASTER-KEY-FILE FOLDER NIGHTS STUDENTS</c>
/// </summary>
internal sealed class RosterReaders(string connection, string assembly, string masterKeyFile, string folder)
{
    private const int Connections = 4;
    private const int EnrollmentsEach = 6;
    private const int ChangedPerMille = 30;
    private static readonly TimeSpan BetweenReads = TimeSpan.FromSeconds(1) / 100;
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(20);
    private static readonly string[] Phases = ["before", "read", "check", "scope", "compare", "judge", "switch", "compare to switch", "after"];

    private static readonly string[] Reads =
    [
        """
        select c.id, c.kind, c.title, c.subjects, c.grades, c.term_ids, c.school_id, e.learner_id, e.role, e.starts_on, e.ends_on
        from gateway.class c left join gateway.enrollment e on e.class_id = c.id and e.ended_on is null where c.id = $1
        """,
        """
        select l.id, l.role, l.grades, e.class_id, e.role, e.starts_on, e.ends_on, c.title
        from gateway.learner l join gateway.enrollment e on e.learner_id = l.id and e.ended_on is null join gateway.class c on c.id = e.class_id where l.id = $1
        """,
        "select sequence, entity, entity_id, other_id, kind, changed_at from gateway.change where district_id = gateway.current_district() and sequence > $1 order by sequence limit 500",
    ];

    public async Task RunAsync(int nights, int students)
    {
        var roster = new MadeUpRoster(students, EnrollmentsEach, 0);
        string[] archives = [Path.Combine(folder, "first.zip"), Path.Combine(folder, "changed.zip")];
        await RosterArchive.WriteAsync(archives[0], roster);
        await RosterArchive.WriteAsync(archives[1], roster with { ChangedPerMille = ChangedPerMille });
        var night = new RosterNights(connection, assembly, masterKeyFile, folder);
        await night.MakeTemplateAsync();
        await night.NightAsync(archives[0]);
        await night.NightAsync(archives[1]);
        await night.SettleAsync();

        var opened = await OpenedStorage.OpenAsync(new StorageOptions(connection, masterKeyFile, folder, null, KeyFileAccess.OwnerOnly), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        await using var storage = opened.Value!;
        var seen = new List<(string Phase, double Milliseconds)>();
        for (var i = 0; i < nights; i++)
        {
            using var stop = new CancellationTokenSource();
            var begun = Stopwatch.GetTimestamp();
            var readers = Enumerable.Range(0, Connections).Select(number => ReadAsync(storage.DataSource, number, begun, stop.Token)).ToArray();
            await Task.Delay(Before, TimeProvider.System);
            var phases = (await night.NightAsync(archives[i % 2])).Beginnings;
            await Task.Delay(Before / 4, TimeProvider.System);
            await stop.CancelAsync();
            foreach (var (at, milliseconds) in (await Task.WhenAll(readers)).SelectMany(reads => reads))
                seen.Add((phases.LastOrDefault(phase => phase.At <= at, ("before", 0)).Phase, milliseconds));
            await night.SettleAsync();
        }

        Print(seen, nights, students);
    }

    private static async Task<List<(long At, double Milliseconds)>> ReadAsync(NpgsqlDataSource source, int number, long begun, CancellationToken stop)
    {
        var taken = new List<(long, double)>();
        await using var open = await source.OpenConnectionAsync(CancellationToken.None);
        var (classes, learners, last) = (await MostAsync(open, "class", "id"), await MostAsync(open, "learner", "id"), await MostAsync(open, "change", "sequence"));
        for (long read = number; !stop.IsCancellationRequested; read += Connections)
        {
            // From when it was due, if the reads before it were late; the timer's own lateness is not PostgreSQL's.
            var due = begun + (long)(read * BetweenReads.TotalSeconds * Stopwatch.Frequency);
            var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, TimeProvider.System);
                due = Stopwatch.GetTimestamp();
            }

            var mixed = (long)(MadeUpRoster.Mixed((ulong)read) >> 1);
            var kind = (int)(mixed % Reads.Length);
            await using var batch = GatewayDatabase.DistrictBatch(open, 1);
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Reads[kind]) { Parameters = { new NpgsqlParameter<long> { TypedValue = 1 + (mixed / 8 % (kind switch { 0 => classes, 1 => learners, _ => last })) } } });
            await using var rows = await batch.ExecuteReaderAsync(CancellationToken.None);
            do
            {
                while (await rows.ReadAsync(CancellationToken.None))
                {
                    // Received, and that is all.
                }
            }
            while (await rows.NextResultAsync(CancellationToken.None));
            taken.Add((due, Stopwatch.GetElapsedTime(due).TotalMilliseconds));
        }

        return taken;
    }

    private static async Task<long> MostAsync(NpgsqlConnection open, string table, string column)
    {
        await using var batch = GatewayDatabase.DistrictBatch(open, 1);
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"select max({column}) from gateway.{table}"));
        await using var rows = await batch.ExecuteReaderAsync();
        await rows.NextResultAsync();
        await rows.ReadAsync();
        return rows.GetInt64(0);
    }

    private static void Print(List<(string Phase, double Milliseconds)> seen, int nights, int students)
    {
        Console.WriteLine($"\n{students:N0} students, {nights} nights with 3 % changed, 100 reads a second\n");
        Console.WriteLine("| phase | reads | p50 ms | p99 ms | longest ms | p99 against before |\n|---|---|---|---|---|---|");
        var before = 0.0;
        foreach (var phase in Phases)
        {
            var sorted = seen.Where(read => Belongs(read.Phase, phase)).Select(read => read.Milliseconds).Order().ToArray();
            if (sorted.Length == 0)
                continue;
            var p99 = sorted[(int)(sorted.Length * 0.99)];
            before = phase == "before" ? p99 : before;
            Console.WriteLine($"| {phase} | {sorted.Length:N0} | {sorted[sorted.Length / 2]:F2} | {p99:F2} | {sorted[^1]:F1} | {p99 / before:F2} |");
        }
    }

    private static bool Belongs(string seen, string phase) =>
        phase switch { "compare to switch" => seen is "compare" or "judge" or "switch", "after" => seen is "done", _ => seen == phase };
}
