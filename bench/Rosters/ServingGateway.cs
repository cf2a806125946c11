using System.Diagnostics;

namespace Gateway.Bench.Rosters;

/// <summary>The real gateway as it serves: a process that stays, in which the scheduler runs a district's nights.</summary>
internal sealed class ServingGateway : IAsyncDisposable
{
    private readonly Process process;

    private ServingGateway(Process process, Uri address) => (this.process, Address) = (process, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }


    /// <summary>Its processor time since its start, PostgreSQL not counted, seconds.</summary>
    public double Cpu => GatewayProcess.CpuOf(process.Id)?.TotalSeconds ?? 0;

    /// <summary>The most memory it held at once since its start (VmHWM).</summary>
    public long PeakMiB => GatewayProcess.PeakOf(process.Id) ?? 0;

    public static async Task<ServingGateway> StartAsync(string assembly, string connection, string masterKeyFile, string folder)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, "serve"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ConnectionStrings__Gateway"] = connection;
        start.Environment["Gateway__MasterKeyFile"] = masterKeyFile;
        start.Environment["Gateway__DataDirectory"] = folder;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Gateway__PublicUrl"] = "https://gateway.example.org";
        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("listening on ", StringComparison.Ordinal))
                continue;
            _ = process.StandardOutput.ReadToEndAsync();
            return new ServingGateway(process, new Uri(line["listening on ".Length..]));
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
