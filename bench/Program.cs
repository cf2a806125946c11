using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Gateway.Bench.Api;
using Gateway.Bench.Audit;
using Gateway.Bench.Hammer;
using Gateway.Bench.Launches;
using Gateway.Bench.Rosters;
using Gateway.Bench.Tokens;

namespace Gateway.Bench;

/// <summary>
/// <c>dotnet run -c Release --project bench -- --filter '*'</c>; each benchmark names the floor it is compared with.
/// The other commands belong to the scripts in this folder, which start what they need.
/// </summary>
internal static class Program
{
    public static async Task Main(string[] args)
    {
        // Figures that look the same everywhere.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        switch (args)
        {
            case ["launch-floor", var url, var connection, var jwksUrl, var authUrl]:
                await LaunchFloor.RunAsync(url, connection, jwksUrl, authUrl);
                return;
            case ["token-floor", var connection]:
                await TokenFloor.RunAsync(connection);
                return;
            case ["tokens", var connection, var gateway, var key, var folder, var rounds, var requests]:
                await new TokenExchanges(connection, gateway, key, folder).RunAsync(Number(rounds), Number(requests));
                return;
            case ["roster-archive", var file, var students, var each, var perMille]:
                await RosterArchive.WriteAsync(file, new MadeUpRoster(Number(students), Number(each), Number(perMille)));
                return;
            case ["rosters", var connection, var gateway, var key, var folder, var rounds, var students, var each]:
                await new RosterNights(connection, gateway, key, folder).RunAsync(Number(rounds), Number(students), Number(each));
                return;
            case ["roster-readers", var connection, var gateway, var key, var folder, var nights, var students]:
                await new RosterReaders(connection, gateway, key, folder).RunAsync(Number(nights), Number(students));
                return;
            case ["roster-reading", var rounds, var students]:
                await ReadingSteps.RunAsync(Number(rounds), Number(students));
                return;
            case ["api", var connection, var gateway, var key, var folder, var rounds, var pages]:
                await new ApiPages(connection, gateway, key, folder).RunAsync(Number(rounds), pages);
                return;
            case ["hammer", var connection, var gateway, var key, var folder, var rounds, var launches]:
                await new PublicPagesHammer(connection, gateway, key, folder).RunAsync(Number(rounds), Number(launches));
                return;
            case ["audit", var connection, var rounds, var entries]:
                await new AuditReading(connection).RunAsync(Number(rounds), Number(entries));
                return;
            case ["roster-pull", var url, var rounds]:
                await new RosterPull(new Uri(url)).RunAsync(Number(rounds));
                return;
        }

        // In this process: a generated project would have to restore packages of its own.
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
