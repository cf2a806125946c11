namespace Gateway.Bench.Rosters;

/// <summary>Medians of the rounds, as lines of Markdown tables.</summary>
internal sealed class NightTable(int students, long enrollments, long archiveBytes)
{
    private readonly Dictionary<string, List<FloorCost>> floors = [];
    private readonly Dictionary<string, List<NightCost>> nights = [];

    public void Floor(string name, FloorCost floor)
    {
        (floors.TryGetValue(name, out var list) ? list : floors[name] = []).Add(floor);
        Say($"floor, {name}: {floor.Sum:F2} s, of it {floor.Reading.Seconds:F2} reading and hashing, CPU {floor.Cpu:F2} s");
    }

    public void Night(string name, NightCost night)
    {
        (nights.TryGetValue(name, out var list) ? list : nights[name] = []).Add(night);
        Say($"gateway, {name}: {night.Process.Wall:F2} s, CPU {night.Process.Cpu:F2} and PostgreSQL's {night.PostgresCpu:F2} s, {night.Process.PeakMiB} MiB");
    }

    public void Print()
    {
        var rows = floors["first"][0].Reading.Rows;
        Say($"\n{students:N0} students, {enrollments:N0} enrollments, {rows:N0} rows, archive of {archiveBytes / 1e6:F0} MB; seconds, medians of {floors["first"].Count}, of unchanged nights {floors["unchanged"].Count}\n");
        Say("| floor | read | hash | database | sum | CPU |\n|---|---|---|---|---|---|");
        foreach (var name in (string[])["first", "unchanged"])
        {
            Say($"| {name} | {Of(name, floor => floor.Reading.Read.TotalSeconds):F2} | {Of(name, floor => floor.Reading.Hash.TotalSeconds):F2} "
                + $"| {Of(name, floor => floor.Database):F2} | {Of(name, floor => floor.Sum):F2} | {Of(name, floor => floor.Cpu):F2} |");
        }

        var names = nights.Values.SelectMany(list => list).SelectMany(night => night.Phases.Keys).Distinct().ToList();
        Say($"\n| gateway | wall | {string.Join(" | ", names)} | µs a row | CPU | PostgreSQL's CPU | peak MiB | wall / floor | CPU / floor's CPU | wall / floor without reading | wall / first night |");
        Say($"|---|---|{string.Concat(names.Select(_ => "---|"))}---|---|---|---|---|---|---|---|");
        foreach (var (name, list) in nights)
        {
            var (wall, cpu, postgres) = (Wall(name), Median(list.Select(night => night.Process.Cpu)), Median(list.Select(night => night.PostgresCpu)));
            var phases = string.Join(" | ", names.Select(phase => Median(list.Select(night => night.Phases.GetValueOrDefault(phase))).ToString("F2")));
            Say($"| {name} | {wall:F2} | {phases} | {wall / rows * 1e6:F1} | {cpu:F2} | {postgres:F2} | {list.Max(night => night.Process.PeakMiB)} "
                + $"| {wall / Of(name, floor => floor.Sum):F2} | {(cpu + postgres) / Of(name, floor => floor.Cpu):F2} | {wall / Of(name, floor => floor.Database):F2} | {wall / Wall("first"):F2} |");
        }
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    // Only the first night has rows to store; what each other one is held against is that nothing changed.
    private double Of(string name, Func<FloorCost, double> part) => Median(floors[name == "first" ? name : "unchanged"].Select(part));

    private double Wall(string name) => Median(nights[name].Select(night => night.Process.Wall));

    private static void Say(string line) => Console.WriteLine(line);
}

/// <summary>What a floor cost: seconds on the clock, and of processor time (PostgreSQL's with it).</summary>
internal sealed record FloorCost(ReadingCost Reading, double Database, double Cpu)
{
    public double Sum => Reading.Seconds + Database;
}
