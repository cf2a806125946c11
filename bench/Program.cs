using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Gateway.Bench;

/// <summary><c>dotnet run -c Release --project bench -- --filter '*'</c>; each benchmark names the floor it is compared with.</summary>
internal static class Program
{
    public static void Main(string[] args)
    {
        // In this process: a generated project would have to restore packages of its own.
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
    }
}
