using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Gateway.Bench.Rosters;
using Gateway.Storage;
using Gateway.Storage.Sealing;
using Npgsql;

namespace Gateway.Bench.Api;

/// <summary>
/// Pages of the engine's API beside two floors: the bare SQL, which is the statements that the page itself runs, and the simplest SQL that
/// could give the same rows. Learners and enrollments by 100, changes by 1,000. All under eight requests in flight, in turn, from this
/// process, over connections that stay open: HTTP to the gateway, PostgreSQL's protocol to the database.
/// </summary>
internal sealed class ApiPages(string connection, string gateway, string masterKeyFile, string folder)
{
    private const int InFlight = 8;
    private const int Learners = 50_000;
    private const int Classes = 10_000;
    private const int Changes = 200_000;
    // Both compile what they run again and again while they run it; the gateway has far more of that.
    private const int WarmUpOfSql = 3;
    private const int WarmUp = 40;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    // What the gateway's own pages ask (EngineView, ListLearners, ListEnrollments, ReadChanges).
    private const string SetDistrict = "select set_config('gateway.district', $1::int::text, true)";
    private const string SeeDistrict = """
        select (select coalesce(max(m.version), 0) from gateway.engine_mapping m where m.district_id = seen.district and m.client_id = 'engine')
        from (select set_config('gateway.district', $1::integer::text, true)::integer as district offset 0) seen
        """;
    private const string OwnLearnerPage = "select l.id, l.role, null, l.roster_ended from gateway.learner l where l.district_id = $1 and l.id = any($2)";
    private const string OwnEnrollmentPage = """
        select e.class_id, e.learner_id, e.role, e.starts_on, e.ends_on from gateway.enrollment e
        where e.class_id = any($2) and e.district_id = $1 and e.ended_on is null and coalesce(e.ends_on, 'infinity') > current_date
        order by e.class_id, e.learner_id, e.role
        """;
    private const string OwnChangePage = """
        select c.sequence, c.entity, c.entity_id, c.other_id, c.kind, c.changed_at, c.xmin::text::bigint from gateway.change c
        where c.district_id = $1 and c.sequence = any($2) and (c.client_id is null or c.client_id = 'engine') and c.entity <> 'school'
        """;
    private const string FeedPosition = "select last_sequence, purged_through from gateway.feed_position where district_id = $1";

    // As any service would ask: the rows of one page, by key.
    private const string LearnerPage = "select id, role from gateway.learner where district_id = $1 and id > $2 order by id limit 101";
    private const string EnrollmentPage = "select e.class_id, e.learner_id, e.role, e.starts_on, e.ends_on from gateway.enrollment e where e.class_id >= $2 and e.district_id = $1 and e.ended_on is null order by e.class_id, e.learner_id limit 101";
    private const string ChangePage = "select sequence, entity, entity_id, other_id, kind, changed_at from gateway.change where district_id = $1 and sequence > $2 order by sequence limit 1001";

    /// <param name="rounds">Rounds of each page.</param>
    /// <param name="pages">What the name of a page begins with, such as <c>learners</c>; empty for all.</param>
    public async Task RunAsync(int rounds, string pages)
    {
        var setUp = new GatewayProcess(gateway, connection, masterKeyFile);
        await File.WriteAllTextAsync(Path.Combine(folder, "secret"), "a made-up secret of forty characters, okay");
        await setUp.RunAsync("district", "add", "bench", "--name", "Bench", "--time-zone", "America/Chicago");
        await setUp.RunAsync("client", "add", "engine", "--initiate-login-uri", "https://engine.example.org/login", "--redirect-uri", "https://engine.example.org/callback",
            "--secret-file", Path.Combine(folder, "secret"), "--accept-agreement", "A Bench");
        await FillAsync();
        await using var serving = await ServingGateway.StartAsync(gateway, connection, masterKeyFile, folder);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = InFlight }) { BaseAddress = serving.Url };
        // As the gateway's unprivileged role, with its pool's settings.
        await using var database = await DatabaseStartup.PrepareAsync(connection, MasterKeys.Of(Convert.FromBase64String(await File.ReadAllTextAsync(masterKeyFile))), CancellationToken.None);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(http));

        var learners = await CursorsAsync(http, "/api/v1/districts/bench/learners?limit=100", "next");
        var enrollments = await CursorsAsync(http, "/api/v1/districts/bench/enrollments?limit=100", "next");
        var changes = await ChangeCursorsAsync(http);
        var machine = new MachineTime(connection);
        foreach (var (name, simplest, own, rows, picked, ownRows, addresses, last) in new[]
        {
            ("learners, 100 rows", LearnerPage, new[] { OwnLearnerPage }, 101, 100, 100, learners, Learners - 101L),
            ("enrollments, 100 rows", EnrollmentPage, [OwnEnrollmentPage], 101, 6, 180, enrollments, Classes - 10L),
            ("changes, 1,000 rows", ChangePage, [FeedPosition, OwnChangePage], 1_001, 1_000, 1_000, changes, Changes - 1_001L),
        })
        {
            if (!name.StartsWith(pages, StringComparison.Ordinal))
                continue;
            Task<Measured> LeastAsync() => MeasureAsync(random => SqlAsync(database, SetDistrict, [simplest], [random.NextInt64(last)], rows), machine, () => 0);
            Task<Measured> BareAsync() => MeasureAsync(random => SqlAsync(database, SeeDistrict, own, Pick(random, picked, last), ownRows), machine, () => 0);
            Task<Measured> OfApiAsync() => MeasureAsync(random => ApiAsync(http, addresses[random.Next(addresses.Count)]), machine, () => serving.Cpu);
            for (var round = 0; round < WarmUp; round++)
            {
                if (round < WarmUpOfSql)
                {
                    await LeastAsync();
                    await BareAsync();
                }

                await OfApiAsync();
            }

            var (least, bare, api) = (new List<Measured>(), new List<Measured>(), new List<Measured>());
            for (var round = 0; round < rounds; round++)
            {
                least.Add(await LeastAsync());
                bare.Add(await BareAsync());
                api.Add(await OfApiAsync());
            }

            Print(name, least, bare, api);
        }
    }

    // Rows at places all over the table, each once: as the order of an engine has them.
    private static long[] Pick(Random random, int count, long last)
    {
        var (first, step) = (random.NextInt64(last), last / count);
        return [.. Enumerable.Range(0, count).Select(i => (first + i * step) % last + 1)];
    }

    // One transaction and one round trip, as the gateway's.
    private static async Task SqlAsync(NpgsqlDataSource database, string first, string[] questions, long[] picked, int rows)
    {
        await using var open = await database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(open) { BatchCommands = { new(first) { Parameters = { new NpgsqlParameter<int> { TypedValue = 1 } } } } };
        foreach (var sql in questions)
        {
            var question = new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter<int> { TypedValue = 1 } } };
            if (sql.Contains("$2", StringComparison.Ordinal))
                question.Parameters.Add(sql.Contains("any($2)", StringComparison.Ordinal)
                    ? new NpgsqlParameter<long[]> { TypedValue = picked }
                    : new NpgsqlParameter<long> { TypedValue = picked[0] });
            batch.BatchCommands.Add(question);
        }

        await using var reader = await batch.ExecuteReaderAsync();
        for (var i = 0; i < questions.Length; i++)
            await reader.NextResultAsync();
        var values = new object[reader.FieldCount];
        var read = 0;
        while (await reader.ReadAsync())
        {
            reader.GetValues(values);
            read++;
        }

        if (read != rows)
            throw new InvalidOperationException($"{read} rows instead of {rows}");
    }

    private static async Task ApiAsync(HttpClient http, string address)
    {
        using var answer = await http.GetAsync(address);
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task<Measured> MeasureAsync(Func<Random, Task> one, MachineTime machine, Func<double> gatewayCpu)
    {
        var (cpu, postgres, own) = (gatewayCpu(), await machine.OfPostgresAsync(), MachineTime.OfThisProcess());
        var begun = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async lane =>
        {
            var random = new Random(lane);
            var mine = new List<double>();
            while (Stopwatch.GetElapsedTime(begun) < Round)
            {
                var start = Stopwatch.GetTimestamp();
                await one(random);
                mine.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            return mine;
        }));
        var all = times.SelectMany(mine => mine).Order().ToList();
        return new(
            all.Count, all[all.Count / 2], all[all.Count * 99 / 100],
            (gatewayCpu() - cpu) * 1_000 / all.Count, (await machine.OfPostgresAsync() - postgres) * 1_000 / all.Count, (MachineTime.OfThisProcess() - own) * 1_000 / all.Count);
    }

    private static void Print(string name, List<Measured> least, List<Measured> bare, List<Measured> api)
    {
        Console.WriteLine($"\n{name}");
        Console.WriteLine("| | pages/s | p50 ms | p99 ms | gateway ms CPU | PostgreSQL ms CPU | client ms CPU |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        Line("simplest SQL", least);
        Line("bare SQL", bare);
        Line("API", api);
        Console.WriteLine($"API / bare SQL: p50 {Ratio(bare, m => m.P50)}, p99 {Ratio(bare, m => m.P99)}, CPU {Ratio(bare, m => m.Cpu)}");
        Console.WriteLine($"API / simplest SQL: p50 {Ratio(least, m => m.P50)}, p99 {Ratio(least, m => m.P99)}, CPU {Ratio(least, m => m.Cpu)}");

        // Each round with the floor of the same seconds: what else the machine does then, it does to both.
        string Ratio(List<Measured> floor, Func<Measured, double> figure)
        {
            var ratios = api.Zip(floor, (one, of) => figure(one) / figure(of)).Order().ToList();
            return string.Create(CultureInfo.InvariantCulture, $"{ratios[ratios.Count / 2]:F2} ({ratios[ratios.Count / 4]:F2} to {ratios[ratios.Count * 3 / 4]:F2})");
        }

        static void Line(string who, List<Measured> of) => Console.WriteLine(
            $"| {who} | {Median(of, m => m.Pages / Round.TotalSeconds):F0} | {Median(of, m => m.P50):F2} | {Median(of, m => m.P99):F2} | {Median(of, m => m.Gateway):F3} | {Median(of, m => m.Postgres):F3} | {Median(of, m => m.Client):F3} |");

        static double Median(List<Measured> of, Func<Measured, double> figure) => of.Select(figure).Order().ElementAt(of.Count / 2);
    }

    private async Task FillAsync()
    {
        await using var owner = NpgsqlDataSource.Create(connection);
        await using var fill = owner.CreateCommand($"""
            insert into gateway.learner (district_id, role, first_seen, last_seen) select 1, 'student', current_date, current_date from generate_series(1, {Learners});
            insert into gateway.school (district_id, source, key_version) values (1, gen_random_uuid(), 1);
            insert into gateway.class (district_id, source, key_version, school_id, kind, term_ids) select 1, gen_random_uuid(), 1, 1, 'scheduled', '{"{}"}' from generate_series(1, {Classes});
            insert into gateway.enrollment (district_id, class_id, learner_id, role) select 1, c, (c * 7 + n * 1009) % {Learners} + 1, 'student' from generate_series(1, {Classes}) c, generate_series(1, 30) n;
            insert into gateway.change (district_id, sequence, entity, entity_id, other_id, kind, changed_at)
              select 1, n, case n % 4 when 0 then 'learner' else 'enrollment' end, n % {Learners} + 1, case n % 4 when 0 then null else n % {Learners} + 1 end, 'added', now()
              from generate_series(1, {Changes}) n;
            insert into gateway.feed_position (district_id, last_sequence) values (1, {Changes});
            """);
        fill.CommandTimeout = 0;
        await fill.ExecuteNonQueryAsync();
        await using var vacuum = owner.CreateCommand("vacuum analyze");
        await vacuum.ExecuteNonQueryAsync();
    }

    private static async Task<string> TokenAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
            Headers = { Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("engine:" + Uri.EscapeDataString("a made-up secret of forty characters, okay")))) },
        };
        using var answer = await http.SendAsync(request);
        return JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).RootElement.GetProperty("access_token").GetString()!;
    }

    private static async Task<List<string>> CursorsAsync(HttpClient http, string first, string member)
    {
        var addresses = new List<string> { first };
        for (string? next = first; next is not null && addresses.Count < 400;)
        {
            var page = JsonDocument.Parse(await http.GetStringAsync(next)).RootElement;
            next = page.TryGetProperty(member, out var more) ? new Uri(more.GetString()!).PathAndQuery : null;
            if (next is not null)
                addresses.Add(next);
        }

        // The last page may be short.
        return addresses[..^1];
    }

    // From the newest cursor there is no way back: a cursor is the id of a change, and those come with every page.
    private async Task<List<string>> ChangeCursorsAsync(HttpClient http)
    {
        const string path = "/api/v1/districts/bench/changes?limit=1000&after=";
        var addresses = new List<string>();
        await using var owner = NpgsqlDataSource.Create(connection);
        await using (var rewind = owner.CreateCommand("update gateway.feed_position set last_sequence = 0"))
            await rewind.ExecuteNonQueryAsync();
        var cursor = JsonDocument.Parse(await http.GetStringAsync($"{path}latest")).RootElement.GetProperty("cursor").GetString();
        await using (var forward = owner.CreateCommand($"update gateway.feed_position set last_sequence = {Changes}"))
            await forward.ExecuteNonQueryAsync();
        for (var more = true; more;)
        {
            addresses.Add(path + cursor);
            var page = JsonDocument.Parse(await http.GetStringAsync(path + cursor)).RootElement;
            (cursor, more) = (page.GetProperty("cursor").GetString(), page.GetProperty("more").GetBoolean());
        }

        return addresses[..^1];
    }

    private sealed record Measured(int Pages, double P50, double P99, double Gateway, double Postgres, double Client)
    {
        public double Cpu => Gateway + Postgres + Client;
    }
}
