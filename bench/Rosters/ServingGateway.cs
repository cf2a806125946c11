using System.Diagnostics;

namespace Gateway.Bench.Rosters;

/// <summary>The real gateway as it serves: a process that stays, in which the scheduler runs a district's nights.</summary>
internal sealed class ServingGateway : IAsyncDisposable
{
    private const string Ready = "listening on ";
    private readonly Process process;

    private ServingGateway(Process process, Uri url) => (this.process, Url) = (process, url);

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Its processor time since its start, PostgreSQL not counted, seconds.</summary>
    public double Cpu => GatewayProcess.CpuOf(process.Id)?.TotalSeconds ?? 0;

    /// <summary>The most memory it held at once since its start (VmHWM).</summary>
    public long PeakMiB => GatewayProcess.PeakOf(process.Id) ?? 0;

    public static Task<ServingGateway> StartAsync(string assembly, string connection, string masterKeyFile, string folder) => StartAsync(assembly, ["serve"], new()
    {
        ["ConnectionStrings__Gateway"] = connection,
        ["Gateway__MasterKeyFile"] = masterKeyFile,
        ["Gateway__DataDirectory"] = folder,
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        ["Gateway__PublicUrl"] = "https://gateway.example.org",
    });

    /// <summary>Another process that says where it listens in the same words: a floor.</summary>
    public static async Task<ServingGateway> StartAsync(string assembly, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(Ready, StringComparison.Ordinal))
                continue;
            _ = process.StandardOutput.ReadToEndAsync();
            return new ServingGateway(process, new Uri(line[Ready.Length..]));
        }

        throw new InvalidOperationException($"The gateway did not start: {await errors}");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
