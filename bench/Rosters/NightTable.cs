namespace Gateway.Bench.Rosters;

/// <summary>Medians of the rounds, as lines of Markdown tables.</summary>
internal sealed class NightTable(int students, long enrollments, long archiveBytes)
{
    private readonly List<FloorCost> floors = [];
    private readonly Dictionary<string, List<NightCost>> nights = [];

    public void Floor(FloorCost floor)
    {
        floors.Add(floor);
        Say($"floor: read and hash {floor.Reading.Seconds:F2}, store {floor.Stored:F2}, copy and join {floor.Joined:F2} s");
    }

    public void Night(string name, NightCost night)
    {
        (nights.TryGetValue(name, out var list) ? list : nights[name] = []).Add(night);
        Say($"gateway, {name}: {night.Process.Wall:F2} s, CPU {night.Process.Cpu:F2} and PostgreSQL's {night.PostgresCpu:F2} s, {night.Process.PeakMiB} MiB");
    }

    public void Print()
    {
        var rows = floors[0].Reading.Rows;
        Say($"\n{students:N0} students, {enrollments:N0} enrollments, {rows:N0} rows, archive of {archiveBytes / 1e6:F0} MB; seconds, medians of {floors.Count}\n");
        Say("| floor | read | hash | database | sum | CPU |\n|---|---|---|---|---|---|");
        foreach (var name in (string[])["first", "unchanged"])
        {
            Say($"| {name} | {Of(floor => floor.Reading.Read.TotalSeconds):F2} | {Of(floor => floor.Reading.Hash.TotalSeconds):F2} "
                + $"| {Of(floor => floor.Database(name)):F2} | {Of(floor => floor.Sum(name)):F2} | {Of(floor => floor.Cpu(name)):F2} |");
        }

        var names = nights["first"][0].Phases.Keys.ToList();
        Say($"\n| gateway | wall | {string.Join(" | ", names)} | µs a row | CPU | PostgreSQL's CPU | peak MiB | wall / floor | CPU / floor's CPU | wall / floor without reading | wall / first night |");
        Say($"|---|---|{string.Concat(names.Select(_ => "---|"))}---|---|---|---|---|---|---|---|");
        foreach (var (name, list) in nights)
        {
            var (wall, cpu, postgres) = (Wall(name), Median(list.Select(night => night.Process.Cpu)), Median(list.Select(night => night.PostgresCpu)));
            var phases = string.Join(" | ", names.Select(phase => Median(list.Select(night => night.Phases.GetValueOrDefault(phase))).ToString("F2")));
            Say($"| {name} | {wall:F2} | {phases} | {wall / rows * 1e6:F1} | {cpu:F2} | {postgres:F2} | {list.Max(night => night.Process.PeakMiB)} "
                + $"| {wall / Of(floor => floor.Sum(name)):F2} | {(cpu + postgres) / Of(floor => floor.Cpu(name)):F2} | {wall / Of(floor => floor.Database(name)):F2} | {wall / Wall("first"):F2} |");
        }
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private double Of(Func<FloorCost, double> part) => Median(floors.Select(part));

    private double Wall(string name) => Median(nights[name].Select(night => night.Process.Wall));

    private static void Say(string line) => Console.WriteLine(line);
}

/// <summary>What the floors cost: seconds on the clock, and of processor time (PostgreSQL's with it).</summary>
internal sealed record FloorCost(ReadingCost Reading, double ReadingCpu, double Stored, double StoredCpu, double Joined, double JoinedCpu)
{
    public double Database(string night) => night == "first" ? Stored : Joined;

    public double Sum(string night) => Reading.Seconds + Database(night);

    public double Cpu(string night) => ReadingCpu + (night == "first" ? StoredCpu : JoinedCpu);
}
