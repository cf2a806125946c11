using System.Diagnostics;
using Npgsql;

namespace Gateway.Bench.Rosters;

/// <summary>
/// Nights of one district, floor and gateway in turn: the first night, one on which nothing changed, the same without the means to know it,
/// one on which 3 % of the students changed, and one on which the source tells of one changed row.
/// <c>bench rosters CONNECTION GATEWAY.DLL MASTER-KEY-FILE FOLDER ROUNDS STUDENTS ENROLLMENTS-EACH</c>; the connection is the owner's, to
/// the database <c>gateway</c>, which is made anew for each night.
/// </summary>
internal sealed class RosterNights(string connection, string assembly, string masterKeyFile, string folder)
{
    public const string District = "bench";
    private const string Neighbour = "warm";
    private const int ChangedPerMille = 30;
    private const int LargeFrom = 200_000;
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
        var oneRow = Path.Combine(folder, "one-row.zip");
        await RosterArchive.WriteChangeAsync(oneRow, roster);
        await MakeTemplateAsync();

        // Not counted: a small night, so that everybody is warm.
        var small = Path.Combine(folder, "small.zip");
        await RosterArchive.WriteAsync(small, roster with { Students = 3000 });
        await ResetAsync();
        await NightAsync(small);

        // Short nights several times, floor and gateway in turn: a shared machine is not equally fast all the time.
        var unchangedNights = students > LargeFrom ? 1 : 3;
        var table = new NightTable(students, roster.Enrollments, new FileInfo(first).Length);
        for (var round = 0; round < rounds; round++)
        {
            await ResetAsync();
            await using (var serving = await ServingGateway.StartAsync(assembly, connection, masterKeyFile, folder))
            {
                // Not counted: small nights of another district, so that the process is as warm as one that has served before.
                for (var warm = 0; warm < 3; warm++)
                    await NightAsync(serving, small, Neighbour);
                await ScalarAsync<int>($"with gone as (delete from gateway.district where slug = '{Neighbour}' returning 1) select count(*)::int from gone");
                await SettleAsync();
                table.Night("first", await NightAsync(serving, first));
                await copy.KeepAsync();
                for (var again = 0; again < unchangedNights; again++)
                {
                    await SettleAsync();
                    table.Floor("unchanged", await FloorAsync(first, copy.UnchangedAsync));
                    await SettleAsync();
                    table.Night("unchanged", await NightAsync(serving, first));
                    // Without its digest nobody recognises a roster: as if it had come in another order.
                    await ScalarAsync<long>("with gone as (update gateway.roster_run set digest = null, position = null returning 1) select count(*) from gone");
                    await SettleAsync();
                    table.Night("unchanged, compared", await NightAsync(serving, first));
                }

                await SettleAsync();
                table.Night("3 % changed", await NightAsync(serving, changed));
                await SettleAsync();
                table.Night("back", await NightAsync(serving, first));
                await SettleAsync();
                table.Night("one row", await NightAsync(serving, oneRow));
            }

            await SettleAsync();
            table.Night("unchanged, by command", await NightAsync(first));

            await ResetAsync();
            table.Floor("first", await FloorAsync(first, copy.FirstAsync));
        }

        table.Print();
    }

    /// <summary>An empty district in a migrated database, kept as a template.</summary>
    public async Task MakeTemplateAsync()
    {
        await ExecuteAsync("drop database if exists gateway with (force)", "drop database if exists migrated with (force)", "create database gateway");
        await gateway.RunAsync("migrate");
        foreach (var district in (string[])[District, Neighbour])
            await gateway.RunAsync("district", "add", district, "--name", "Bench", "--time-zone", "America/Chicago");
        await ExecuteAsync("create database migrated template gateway");
    }

    public Task ResetAsync() => ExecuteAsync("drop database if exists gateway with (force)", "create database gateway template migrated", "checkpoint");

    /// <summary>A night as the schedule runs it, in a gateway that serves; its time is that of the run as the history tells it.</summary>
    private async Task<NightCost> NightAsync(ServingGateway serving, string archive, string district = District)
    {
        var drop = Directory.CreateDirectory(Path.Combine(folder, "drop")).FullName;
        File.Copy(archive, Path.Combine(drop, "roster.zip"), overwrite: true);
        await gateway.RunAsync("roster", "connect", district, "--csv-folder", drop);
        var (postgres, cpu) = (await machine.OfPostgresAsync(), serving.Cpu);
        var before = await ScalarAsync<long>("select coalesce(max(id), 0) from gateway.roster_run");
        await gateway.RunAsync("roster", "sync", district, "--queue");
        var phases = await watch.DuringAsync(EndOfRunAsync(before), before);
        var wall = await ScalarAsync<double>("select extract(epoch from finished_at - started_at)::float8 from gateway.roster_run where state = 'applied' order by id desc limit 1");
        var seconds = phases.Zip(phases.Skip(1), (from, to) => (from.Phase, Stopwatch.GetElapsedTime(from.At, to.At).TotalSeconds));
        return new NightCost(
            new ProcessCost(wall, serving.Cpu - cpu, serving.PeakMiB, ""), await machine.OfPostgresAsync() - postgres, phases,
            seconds.GroupBy(phase => phase.Phase).ToDictionary(phase => phase.Key, phase => phase.Sum(part => part.TotalSeconds)));
    }

    private async Task EndOfRunAsync(long before)
    {
        while (await ScalarAsync<long>($"select count(*) from gateway.roster_run where id > {before} and state <> 'running'") == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var open = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false }.ConnectionString);
        await open.OpenAsync();
        await using var command = new NpgsqlCommand(sql, open);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A night by the command; its time is that of the whole process.</summary>
    public async Task<NightCost> NightAsync(string archive)
    {
        var postgres = await machine.OfPostgresAsync();
        var run = gateway.RunAsync("roster", "import", District, archive);
        var phases = await watch.DuringAsync(run);
        postgres = await machine.OfPostgresAsync() - postgres;
        var seconds = phases.Zip(phases.Skip(1), (from, to) => (from.Phase, Stopwatch.GetElapsedTime(from.At, to.At).TotalSeconds));
        return new NightCost(await run, postgres, phases, seconds.GroupBy(phase => phase.Phase).ToDictionary(phase => phase.Key, phase => phase.Sum(part => part.TotalSeconds)));
    }

    private async Task<FloorCost> FloorAsync(string archive, Func<Task<double>> database)
    {
        var cpu = await machine.OfPostgresAsync() + MachineTime.OfThisProcess();
        var reading = BareReading.Measure(archive);
        var stored = await database();
        return new FloorCost(reading, stored, await machine.OfPostgresAsync() + MachineTime.OfThisProcess() - cpu);
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
