using System.Diagnostics;
using Npgsql;

namespace Gateway.Bench.Rosters;

/// <summary>
/// Nights of one district, floor and gateway in turn: the first night, one on which nothing changed, one on which 3 % of the students did.
/// <c>bench rosters CONNECTION GATEWAY.DLL MASTER-KEY-FILE FOLDER ROUNDS STUDENTS ENROLLMENTS-EACH</c>; the connection is the owner's, to
/// the database <c>gateway</c>, which is made anew for each night.
/// </summary>
internal sealed class RosterNights(string connection, string assembly, string masterKeyFile, string folder)
{
    public const string District = "bench";
    private const int ChangedPerMille = 30;
    private readonly GatewayProcess gateway = new(assembly, connection, masterKeyFile);
    private readonly PhaseWatch watch = new(connection);
    private readonly BareCopy copy = new(connection, folder);
    private readonly MachineTime machine = new(connection);

    public async Task RunAsync(int rounds, int students, int enrollmentsEach)
    {
        var roster = new MadeUpRoster(students, enrollmentsEach, 0);
        var (first, changed) = (Path.Combine(folder, "first.zip"), Path.Combine(folder, "changed.zip"));
        await RosterArchive.WriteAsync(first, roster);
        await RosterArchive.WriteAsync(changed, roster with { ChangedPerMille = ChangedPerMille });
        await MakeTemplateAsync();

        // Not counted: a small night, so that everybody is warm.
        var small = Path.Combine(folder, "small.zip");
        await RosterArchive.WriteAsync(small, roster with { Students = 1000 });
        await ResetAsync();
        await NightAsync(small);

        var table = new NightTable(students, roster.Enrollments, new FileInfo(first).Length);
        for (var round = 0; round < rounds; round++)
        {
            await ResetAsync();
            table.Night("first", await NightAsync(first));
            if (round == 0)
                await copy.KeepAsync();
            await SettleAsync();
            table.Night("unchanged", await NightAsync(first));
            await SettleAsync();
            table.Night("3 % changed", await NightAsync(changed));

            await ResetAsync();
            var reading = await PartAsync(() => Task.FromResult(BareReading.Measure(first)));
            var stored = await PartAsync(copy.FirstAsync);
            await SettleAsync();
            var joined = await PartAsync(copy.UnchangedAsync);
            table.Floor(new FloorCost(reading.Result, reading.Cpu, stored.Result, stored.Cpu, joined.Result, joined.Cpu));
        }

        table.Print();
    }

    /// <summary>An empty district in a migrated database, kept as a template.</summary>
    public async Task MakeTemplateAsync()
    {
        await ExecuteAsync("drop database if exists gateway with (force)", "drop database if exists migrated with (force)", "create database gateway");
        await gateway.RunAsync("migrate");
        await gateway.RunAsync("district", "add", District, "--name", "Bench", "--time-zone", "America/Chicago");
        await ExecuteAsync("create database migrated template gateway");
    }

    public Task ResetAsync() => ExecuteAsync("drop database if exists gateway with (force)", "create database gateway template migrated", "checkpoint");

    public async Task<NightCost> NightAsync(string archive)
    {
        var postgres = await machine.OfPostgresAsync();
        var run = gateway.RunAsync("roster", "import", District, archive);
        var phases = await watch.DuringAsync(run);
        postgres = await machine.OfPostgresAsync() - postgres;
        var seconds = phases.Zip(phases.Skip(1), (from, to) => (from.Phase, Stopwatch.GetElapsedTime(from.At, to.At).TotalSeconds));
        return new NightCost(await run, postgres, phases, seconds.GroupBy(phase => phase.Phase).ToDictionary(phase => phase.Key, phase => phase.Sum(part => part.TotalSeconds)));
    }

    private async Task<(T Result, double Cpu)> PartAsync<T>(Func<Task<T>> part)
    {
        var cpu = await machine.OfPostgresAsync() + MachineTime.OfThisProcess();
        var result = await part();
        return (result, await machine.OfPostgresAsync() + MachineTime.OfThisProcess() - cpu);
    }

    /// <summary>What a day does between two nights.</summary>
    public async Task SettleAsync()
    {
        await using var open = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { CommandTimeout = 0, Pooling = false }.ConnectionString);
        await open.OpenAsync();
        foreach (var sql in (string[])["vacuum analyze", "checkpoint"])
        {
            await using var command = new NpgsqlCommand(sql, open);
            await command.ExecuteNonQueryAsync();
        }
    }

    private async Task ExecuteAsync(params string[] statements)
    {
        NpgsqlConnection.ClearAllPools();
        await using var open = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connection) { Database = "postgres", CommandTimeout = 0, Pooling = false }.ConnectionString);
        await open.OpenAsync();
        foreach (var sql in statements)
        {
            await using var command = new NpgsqlCommand(sql, open);
            await command.ExecuteNonQueryAsync();
        }
    }
}

/// <summary>What a night of the gateway cost.</summary>
/// <param name="Process">The whole command, its start included.</param>
/// <param name="PostgresCpu">Processor time of PostgreSQL, seconds.</param>
/// <param name="Beginnings">Time stamps at which its phases began; last that of its end.</param>
/// <param name="Phases">Seconds of each phase.</param>
internal sealed record NightCost(
    ProcessCost Process, double PostgresCpu, IReadOnlyList<(string Phase, long At)> Beginnings, IReadOnlyDictionary<string, double> Phases);
