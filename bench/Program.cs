using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Gateway.Bench.Launches;

namespace Gateway.Bench;

/// <summary>
/// <c>dotnet run -c Release --project bench -- --filter '*'</c>; each benchmark names the floor it is compared with.
/// <c>launch-floor</c> is a server of its own, started by <c>bench/launches.sh</c>.
/// </summary>
internal static class Program
{
    public static async Task Main(string[] args)
    {
        if (args is ["launch-floor", var url, var connection, var jwksUrl, var authUrl])
        {
            await LaunchFloor.RunAsync(url, connection, jwksUrl, authUrl);
            return;
        }

        // In this process: a generated project would have to restore packages of its own.
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
    }
}
