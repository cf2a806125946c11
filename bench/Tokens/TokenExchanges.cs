using System.Security.Cryptography;
using System.Text;
using Gateway.Bench.Rosters;
using Gateway.Identity;
using Gateway.Storage.Sealing;

namespace Gateway.Bench.Tokens;

/// <summary>
/// Codes exchanged for id_tokens by the real gateway and, in turn, its floor: processor time of the process and of PostgreSQL. The codes
/// are sealed here, as the gateway's authorization endpoint seals them.
/// <c>bench tokens CONNECTION GATEWAY.DLL MASTER-KEY-FILE FOLDER ROUNDS REQUESTS</c>; the connection is the owner's, to an empty database.
/// </summary>
internal sealed class TokenExchanges(string connection, string assembly, string masterKeyFile, string folder)
{
    private const string Verifier = "a-verifier-of-at-least-43-characters-0123456789";
    private const string RedirectUri = "https://engine.example/callback";
    private const string Secret = "a made-up secret of forty characters, ok";

    // A code is good for a minute: so many are made, and then used.
    private const int AtOnce = 2_000;
    private readonly MachineTime machine = new(connection);
    private readonly AuthorizationCodes codes = new(new Sealer(MasterKeys.Parse(File.ReadAllText(masterKeyFile)).Keys!), TimeProvider.System);

    public async Task RunAsync(int rounds, int requests)
    {
        await using var gateway = await ServingGateway.StartAsync(assembly, connection, masterKeyFile, folder);
        await using var floor = await ServingGateway.StartAsync(typeof(TokenExchanges).Assembly.Location, ["token-floor", connection], []);
        await SetUpAsync();
        var tools = new (string Name, ServingGateway Process, Func<int, List<ExchangeRequest>> Make)[]
        {
            ("floor", floor, count => [.. Enumerable.Repeat(Exchange("engine", "x"), count)]),
            ("ES256", gateway, count => Exchanges("engine", count)),
            ("RS256", gateway, count => Exchanges("engine-rsa", count)),
        };
        foreach (var tool in tools)
            await MeasureAsync(tool.Process, tool.Make, requests);
        var measured = tools.ToDictionary(tool => tool.Name, _ => new List<ExchangeCost>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var tool in tools)
            {
                var cost = await MeasureAsync(tool.Process, tool.Make, requests);
                measured[tool.Name].Add(cost);
                Console.WriteLine($"{tool.Name}: {cost.Own:F3} ms and PostgreSQL's {cost.Postgres:F3} ms a request, {cost.PerSecond:F0}/s");
            }
        }

        Print(measured);
    }

    private async Task SetUpAsync()
    {
        var secretFile = Path.Combine(folder, "secret");
        await File.WriteAllTextAsync(secretFile, Secret);
        var command = new GatewayProcess(assembly, connection, masterKeyFile);
        await command.RunAsync("district", "add", "bench", "--name", "Bench", "--time-zone", "UTC");
        foreach (var (id, algorithm) in new[] { ("engine", "ES256"), ("engine-rsa", "RS256") })
        {
            await command.RunAsync(
                "client", "add", id, "--initiate-login-uri", "https://engine.example/login", "--redirect-uri", RedirectUri, "--secret-file", secretFile,
                "--id-token-alg", algorithm, "--accept-agreement", "A Bench");
        }
    }

    private async Task<ExchangeCost> MeasureAsync(ServingGateway process, Func<int, List<ExchangeRequest>> make, int requests)
    {
        var (own, postgres, seconds) = (0.0, 0.0, 0.0);
        for (var done = 0; done < requests; done += AtOnce)
        {
            var made = make(AtOnce);
            var (ownBefore, postgresBefore) = (process.Cpu, await machine.OfPostgresAsync());
            seconds += await ExchangeLoad.SendAsync(process.Url, made);
            own += process.Cpu - ownBefore;
            postgres += await machine.OfPostgresAsync() - postgresBefore;
        }

        var sent = (requests + AtOnce - 1) / AtOnce * AtOnce;
        return new ExchangeCost(own / sent * 1_000, postgres / sent * 1_000, sent / seconds);
    }

    private List<ExchangeRequest> Exchanges(string client, int count)
    {
        var (now, redirect) = (TimeProvider.System.GetUtcNow(), AuthorizationCode.HashOf(RedirectUri));
        var challenge = SHA256.HashData(Encoding.ASCII.GetBytes(Verifier));
        // As large as those of real launches: most of it is the score ticket.
        var scoreTicket = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(200));
        return [.. Enumerable.Range(1, count).Select(learner => Exchange(client, codes.Issue(new(
            new SignInTicket(Guid.CreateVersion7(), 1, "bench", learner, "student", client, "LtiResourceLinkRequest", null,
                "link-fractions", "course-1", null, scoreTicket, now) { Browser = Guid.CreateVersion7() }, redirect, challenge, "a nonce of an engine"))))];
    }

    private static ExchangeRequest Exchange(string client, string code) => new(
        $"{client}:{Uri.EscapeDataString(Secret)}",
        $"grant_type=authorization_code&code={code}&redirect_uri={Uri.EscapeDataString(RedirectUri)}&code_verifier={Verifier}");

    private static void Print(Dictionary<string, List<ExchangeCost>> measured)
    {
        double Median(string tool, Func<ExchangeCost, double> of) => measured[tool].Select(of).Order().ElementAt(measured[tool].Count / 2);
        var floor = Median("floor", cost => cost.Sum);
        Console.WriteLine("\n| | requests/s | own ms CPU | PostgreSQL ms CPU | sum | against the floor |\n|---|---|---|---|---|---|");
        foreach (var tool in measured.Keys)
        {
            var sum = Median(tool, cost => cost.Sum);
            Console.WriteLine($"| {tool} | {Median(tool, cost => cost.PerSecond):F0} | {Median(tool, cost => cost.Own):F3} "
                + $"| {Median(tool, cost => cost.Postgres):F3} | {sum:F3} | {sum / floor:F2} × |");
        }
    }
}

/// <summary>What one request cost.</summary>
/// <param name="Own">Processor time of the answering process, milliseconds.</param>
/// <param name="Postgres">PostgreSQL's, milliseconds.</param>
/// <param name="PerSecond">Requests a second, the load's own work beside it.</param>
internal sealed record ExchangeCost(double Own, double Postgres, double PerSecond)
{
    public double Sum => Own + Postgres;
}
