using System.Globalization;
using System.Security.Cryptography;
using Gateway.Stage;
using Npgsql;

namespace Gateway.Tests.Rostering;

/// <summary>The real command on a real database, killed as by a power cut, while somebody reads.</summary>
public sealed class KilledRunTests : IAsyncLifetime
{
    /// <summary>Two in each phase; more with <c>KILLS=50 ./test.sh KilledRun</c>, at four seconds each.</summary>
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("KILLS") ?? "14", CultureInfo.InvariantCulture);

    private static readonly string[] Phases = ["read", "complete", "check", "scope", "compare", "judge", "switch"];

    // All that a reader may see of the roster, in one statement: the classes, the people, who is in which class.
    private const string Roster = """
        select md5(concat_ws('|',
          (select string_agg(concat_ws(' ', id, school_id, term_ids::text), ',' order by id) from gateway.class where ended_on is null),
          (select string_agg(concat_ws(' ', id, role), ',' order by id) from gateway.learner where on_roster),
          (select string_agg(concat_ws(' ', class_id, learner_id, role, starts_on), ',' order by class_id, learner_id, role) from gateway.enrollment where ended_on is null)))
        """;

    // What the change feed leaves to whoever followed it, beside what there is.
    private const string FeedDiffers = """
        with last as (
          select distinct on (entity_id, other_id) entity_id, other_id, kind from gateway.change where entity = 'enrollment' order by entity_id, other_id, sequence desc)
        select count(*) from (select entity_id, other_id from last where kind <> 'ended') f
        full join (select class_id, learner_id from gateway.enrollment where ended_on is null) e on e.class_id = f.entity_id and e.learner_id = f.other_id
        where f.entity_id is null or e.class_id is null
        """;

    private readonly TemporaryFolder folder = new();
    private TestDatabase database = null!;
    private NpgsqlDataSource owner = null!;
    private Dictionary<string, string?> environment = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateMigratedAsync("killed");
        owner = NpgsqlDataSource.Create(database.OwnerConnectionString);
        var key = Path.Combine(folder.Path, "master.key");
        await File.WriteAllTextAsync(key, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        environment = new() { ["ConnectionStrings__Gateway"] = database.OwnerConnectionString, ["Gateway__MasterKeyFile"] = key, ["Gateway__DataDirectory"] = folder.Path };
    }

    public async ValueTask DisposeAsync()
    {
        await owner.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    [Trait("Requirement", "R-3.1")]
    [Trait("Requirement", "R-3.2")]
    public async Task Runs_killed_at_random_moments_of_every_phase_end_in_the_roster_of_an_undisturbed_run_and_no_reader_saw_a_mixture()
    {
        Assert.Equal(0, (await InProcessCommand.RunAsync(environment, "district", "add", "oak", "--name", "Oak", "--time-zone", "America/Chicago")).ExitCode);
        string[] archives = [Write("monday", 0), Write("tuesday", 60)];
        var rosters = new string[2];
        foreach (var day in new[] { 0, 1, 0 })
        {
            await ImportAsync(archives[day]);
            rosters[day] = await AskAsync<string>(Roster);
        }

        Assert.NotEqual(rosters[0], rosters[1]);
        using var enough = new CancellationTokenSource();
        var reader = ReadAsync(enough.Token);

        var (now, killed) = (0, 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using (var run = GatewayProcess.Begin(environment, "roster", "import", "oak", archives[1 - now]))
            {
                if (await run.SaysAsync(Phases[kill % Phases.Length]))
                    await Task.Delay(TimeSpan.FromMilliseconds(RandomNumberGenerator.GetInt32(60)), TimeProvider.System, TestContext.Current.CancellationToken);
                await run.KillAsync();
            }

            // The server may be in the middle of the dead run's statement: what it leaves is there when its session is gone.
            await Eventually.TrueAsync(() => AskAsync<bool>("select not exists (select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database()))"));
            var roster = await AskAsync<string>(Roster);
            Assert.Contains(roster, rosters);
            if (roster == rosters[1 - now])
                now = 1 - now;
            else
                killed++;
        }

        await ImportAsync(archives[1 - now]);
        Assert.Equal(rosters[1 - now], await AskAsync<string>(Roster));
        await enough.CancelAsync();
        var seen = await reader;
        Assert.All(seen, roster => Assert.Contains(roster, rosters));
        Assert.Equal(2, seen.Count);
        Assert.InRange(killed, Kills / 3, Kills);
        Assert.Equal(0, await AskAsync<long>(FeedDiffers));
        Assert.Equal(0, await AskAsync<long>("select count(*) from gateway.roster_run where state = 'running'"));
    }

    /// <summary>1,500 students, of whom some left, came, or moved to another class.</summary>
    private string Write(string name, int changed)
    {
        var path = Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName;
        var roster = new MadeUpRoster();
        for (var @class = 10; @class < 60; @class++)
            roster.Class($"class-{@class}", "north");
        for (var student = 100 + changed; student < 1600 + changed; student++)
        {
            roster.Person($"student-{student}", "student", "north");
            for (var lesson = 0; lesson < 4; lesson++)
                roster.Enroll($"student-{student}", string.Create(CultureInfo.InvariantCulture, $"class-{10 + ((student + (lesson * 7) + (student % 20 == 0 ? changed : 0)) % 50)}"));
        }

        roster.WriteTo(path);
        return path;
    }

    /// <summary>Reads again and again, as engines do, and leaves the server to the runs meanwhile; every roster that was seen.</summary>
    private async Task<HashSet<string>> ReadAsync(CancellationToken enough)
    {
        var seen = new HashSet<string>();
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!enough.IsCancellationRequested)
        {
            seen.Add(await AskAsync<string>(Roster));
            await again.WaitForNextTickAsync(CancellationToken.None);
        }

        // What stands at the end, however short it has stood.
        seen.Add(await AskAsync<string>(Roster));
        return seen;
    }

    private async Task ImportAsync(string archive)
    {
        var ended = await InProcessCommand.RunAsync(environment, "roster", "import", "oak", archive);
        Assert.True(ended.ExitCode == 0, ended.Output + ended.Error);
    }

    private async Task<T> AskAsync<T>(string sql)
    {
        await using var command = owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
