using System.CommandLine;
using Gateway.Hosting;

namespace Gateway.Commands;

/// <summary><c>serve</c>: runs the gateway until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Run the gateway (the default).");
        command.SetAction(RunAsync);
        return command;
    }

    public static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var started = await GatewayServer.StartAsync(configure: null, cancellation);
        if (!started.Succeeded)
            return new CommandOutput(json: false, parsed.InvocationConfiguration).Failed(started.Failures);

        await using var server = started.Value;
        foreach (var url in server.Application.Urls)
            parsed.InvocationConfiguration.Output.WriteLine($"listening on {url}");
        await server.Application.WaitForShutdownAsync(cancellation);
        return ExitCode.Done;
    }
}
