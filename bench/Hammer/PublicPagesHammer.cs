using System.Diagnostics;
using System.Globalization;
using Gateway.Bench.Rosters;
using Npgsql;

namespace Gateway.Bench.Hammer;

/// <summary>
/// How long a login takes while a hundred clients ask for <c>/privacy/usage</c> as fast as they are answered, beside how long it takes when nobody
/// does, in turn, with a year of launches in the table. Logins come at a steady rate, whatever the others do.
/// </summary>
internal sealed class PublicPagesHammer(string connection, string gateway, string masterKeyFile, string folder)
{
    private const int Clients = 100;
    private const int LoginsPerSecond = 50;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    public async Task RunAsync(int rounds, int launches)
    {
        var setUp = new GatewayProcess(gateway, connection, masterKeyFile);
        await setUp.RunAsync("district", "add", "bench", "--name", "Bench", "--time-zone", "America/Chicago");
        await setUp.RunAsync("platform", "add", "bench", "--kind", "other", "--issuer", "https://lms.example.org", "--client-id", "client-1", "--deployment-id", "1",
            "--authorize-url", "https://lms.example.org/auth", "--token-url", "https://lms.example.org/token", "--jwks-url", "https://lms.example.org/jwks");
        await FillAsync(launches);
        await using var serving = await ServingGateway.StartAsync(gateway, connection, masterKeyFile, folder);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = serving.Url };
        await LoginsAsync(http);

        var (quiet, hammered, answers) = (new List<double>(), new List<double>(), new Dictionary<int, int>());
        for (var round = 0; round < rounds; round++)
        {
            quiet.AddRange(await LoginsAsync(http));
            using var end = new CancellationTokenSource();
            var hammering = Enumerable.Range(0, Clients).Select(_ => HammerAsync(serving.Url, answers, end.Token)).ToList();
            hammered.AddRange(await LoginsAsync(http));
            await end.CancelAsync();
            await Task.WhenAll(hammering);
        }

        Console.WriteLine($"{launches:N0} launches; {Clients} clients on /privacy/usage; {LoginsPerSecond} logins a second");
        Console.WriteLine("| | logins | p50 ms | p99 ms | slowest ms |\n|---|---|---|---|---|");
        Line("quiet", quiet);
        Line("hammered", hammered);
        Console.WriteLine($"answers to the hammer: {string.Join(", ", answers.OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value:N0} times"))}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"p99 hammered / quiet: {At(hammered, 99) / At(quiet, 99):F2}"));
    }

    // At their times, whether the ones before are answered or not.
    private static async Task<List<double>> LoginsAsync(HttpClient http)
    {
        var begun = Stopwatch.GetTimestamp();
        var running = new List<Task<double>>();
        for (var i = 0; Stopwatch.GetElapsedTime(begun) < Round; i++)
        {
            var due = TimeSpan.FromSeconds(i / (double)LoginsPerSecond);
            if (due - Stopwatch.GetElapsedTime(begun) is { Ticks: > 0 } wait)
                await Task.Delay(wait, TimeProvider.System);
            running.Add(LoginAsync(http, begun, due));
        }

        return [.. await Task.WhenAll(running)];
    }

    private static async Task<double> LoginAsync(HttpClient http, long begun, TimeSpan due)
    {
        using var answer = await http.GetAsync("/lti/login?iss=https%3A%2F%2Flms.example.org&client_id=client-1&login_hint=a&target_link_uri=https%3A%2F%2Fgateway.example.org%2Flti%2Flaunch");
        if (answer.StatusCode != System.Net.HttpStatusCode.Found)
            throw new InvalidOperationException($"A login was answered with {(int)answer.StatusCode}.");
        return (Stopwatch.GetElapsedTime(begun) - due).TotalMilliseconds;
    }

    private static async Task HammerAsync(Uri url, Dictionary<int, int> answers, CancellationToken end)
    {
        using var http = new HttpClient { BaseAddress = url };
        while (!end.IsCancellationRequested)
        {
            try
            {
                using var answer = await http.GetAsync("/privacy/usage", end);
                lock (answers)
                    answers[(int)answer.StatusCode] = answers.GetValueOrDefault((int)answer.StatusCode) + 1;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task FillAsync(int launches)
    {
        await using var owner = NpgsqlDataSource.Create(connection);
        await using var fill = owner.CreateCommand($"""
            insert into gateway.learner (district_id, role, first_seen, last_seen) select 1, 'student', current_date, current_date from generate_series(1, 50000);
            insert into gateway.launch (id, district_id, learner_id, registration_id, message_type, launched_at)
              select gen_random_uuid(), 1, n % 50000 + 1, 1, 'LtiResourceLinkRequest', now() - random() * interval '360 days' from generate_series(1, {launches}) n;
            """);
        fill.CommandTimeout = 0;
        await fill.ExecuteNonQueryAsync();
        await using var vacuum = owner.CreateCommand("vacuum analyze");
        vacuum.CommandTimeout = 0;
        await vacuum.ExecuteNonQueryAsync();
    }

    private static void Line(string who, List<double> of) => Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"| {who} | {of.Count:N0} | {At(of, 50):F2} | {At(of, 99):F2} | {of.Max():F1} |"));

    private static double At(List<double> of, int percent) => of.Order().ElementAt(of.Count * percent / 100);
}
