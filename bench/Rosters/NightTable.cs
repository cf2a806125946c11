using System.Globalization;

namespace Gateway.Bench.Rosters;

/// <summary>Medians of the rounds, as lines of a Markdown table.</summary>
internal sealed class NightTable(int students, long enrollments, long archiveBytes)
{
    private static readonly string[] Phases = ["read", "check", "compare", "switch"];
    private readonly List<(ReadingCost Reading, double Stored, double Joined)> floors = [];
    private readonly Dictionary<string, List<NightCost>> nights = [];

    public void Floor(ReadingCost reading, double stored, double joined)
    {
        floors.Add((reading, stored, joined));
        Say($"floor: read {reading.Read.TotalSeconds:F2}, hash {reading.Hash.TotalSeconds:F2}, store {stored:F2}, copy and join {joined:F2}");
    }

    public void Night(string name, NightCost night)
    {
        (nights.TryGetValue(name, out var list) ? list : nights[name] = []).Add(night);
        Say($"gateway, {name}: {night.Process.Wall:F2} s, CPU {night.Process.Cpu:F2} s, {night.Process.PeakMiB} MiB");
    }

    public void Print()
    {
        var rows = floors[0].Reading.Rows;
        Say($"\n{students:N0} students, {enrollments:N0} enrollments, {rows:N0} rows, archive of {archiveBytes / 1e6:F0} MB; seconds, medians of {floors.Count}\n");
        var (read, hash) = (Median(floors.Select(floor => floor.Reading.Read.TotalSeconds)), Median(floors.Select(floor => floor.Reading.Hash.TotalSeconds)));
        var (stored, joined) = (Median(floors.Select(floor => floor.Stored)), Median(floors.Select(floor => floor.Joined)));
        Say("| floor | read | hash | database | sum |\n|---|---|---|---|---|");
        Say($"| first | {read:F2} | {hash:F2} | {stored:F2} | {read + hash + stored:F2} |");
        Say($"| unchanged | {read:F2} | {hash:F2} | {joined:F2} | {read + hash + joined:F2} |\n");

        var first = Wall("first");
        Say("| gateway | wall | read | check | compare | switch | µs a row | CPU | peak MiB | against its floor | its floor without reading | against the first night |");
        Say("|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (name, list) in nights)
        {
            var wall = Wall(name);
            var database = name == "first" ? stored : joined;
            var phases = string.Join(" | ", Phases.Select(phase => Fixed(Median(list.Select(night => night.Phases.GetValueOrDefault(phase))))));
            Say($"| {name} | {wall:F2} | {phases} | {wall / rows * 1e6:F1} | {Median(list.Select(night => night.Process.Cpu)):F2} | {list.Max(night => night.Process.PeakMiB)} "
                + $"| {wall / (read + hash + database):F2} | {wall / database:F2} | {wall / first:F2} |");
        }
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private double Wall(string name) => Median(nights[name].Select(night => night.Process.Wall));

    private static string Fixed(double value) => value.ToString("F2", CultureInfo.InvariantCulture);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Say(string line) => Console.WriteLine(line);
}
