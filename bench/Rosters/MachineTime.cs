using System.Globalization;
using Npgsql;

namespace Gateway.Bench.Rosters;

/// <summary>
/// Processor time of a PostgreSQL on this machine (its ended sessions too) and of this process, in seconds since any beginning: on a
/// machine that does other things beside, it says more than the clock.
/// </summary>
internal sealed class MachineTime(string connection)
{
    private const double TicksASecond = 100;

    public async Task<double> OfPostgresAsync()
    {
        await using var open = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Database = "postgres", Pooling = false }.ConnectionString);
        await open.OpenAsync();
        await using var show = new NpgsqlCommand("show data_directory", open);
        var server = File.ReadLines(Path.Combine((string)(await show.ExecuteScalarAsync())!, "postmaster.pid")).First();

        // proc(5): 4 is the parent; 14 to 17 are user and system time, its own and its ended children's.
        var processes = Directory.EnumerateDirectories("/proc").Select(StatOf).Where(stat => stat.Length > 0).ToList();
        return processes.Where(stat => stat[0] == server).Sum(stat => Ticks(stat, 13, 16)) / TicksASecond
            + processes.Where(stat => stat[3] == server).Sum(stat => Ticks(stat, 13, 14)) / TicksASecond;
    }

    public static double OfThisProcess() => Environment.CpuUsage.TotalTime.TotalSeconds;

    private static long Ticks(string[] stat, int from, int to) => stat[from..(to + 1)].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture));

    private static string[] StatOf(string directory)
    {
        if (!char.IsAsciiDigit(Path.GetFileName(directory)[0]))
            return [];
        try
        {
            // The name stands in brackets and may hold blanks.
            var text = File.ReadAllText(Path.Combine(directory, "stat"));
            var name = text.LastIndexOf(')');
            return [text[..text.IndexOf(' ')], "", .. text[(name + 2)..].Split(' ')];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
