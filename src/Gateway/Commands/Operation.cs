using System.CommandLine;
using Gateway.Districts;
using Gateway.Hosting;
using Gateway.Storage;
using Gateway.Storage.Model;

namespace Gateway.Commands;

/// <summary>What a command has at hand: what was typed, the gateway's services, and where to answer.</summary>
internal sealed record Invocation(ParseResult Parsed, IServiceProvider Services, CommandOutput Output, CancellationToken Cancellation)
{
    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();
}

/// <summary>Gives a command its action: open the database (starting the private one if need be), run, close.</summary>
internal static class Operation
{
    public static Command Runs(this Command command, Func<Invocation, Task<int>> action)
    {
        command.SetAction((parsed, cancellation) => RunAsync(parsed, action, cancellation));
        return command;
    }

    /// <summary>The same for a command whose argument is a district: it is found first.</summary>
    public static Command RunsForDistrict(this Command command, Func<Invocation, District, Task<int>> action) => command.Runs(async invocation =>
    {
        var found = await invocation.Get<FindDistrict>().BySlugAsync(invocation.Parsed.GetValue(DistrictCommands.District)!, invocation.Cancellation);
        return found.Succeeded ? await action(invocation, found.Value) : invocation.Output.Failed(found.Failures);
    });

    private static async Task<int> RunAsync(ParseResult parsed, Func<Invocation, Task<int>> action, CancellationToken cancellation)
    {
        var output = CommandOutput.Of(parsed);
        var configuration = CommandSurroundings.Of(parsed).Settings;
        using var loggers = LoggerFactory.Create(logging =>
        {
            Telemetry.ConfigureLogging(logging);
            logging.SetMinimumLevel(LogLevel.Warning);
            logging.AddFilter("Gateway", LogLevel.Warning);
            // How the database and its keys are kept is said by the server at its start, not again by each command.
            logging.AddFilter(typeof(OpenedStorage).FullName, LogLevel.Error);
        });
        var opened = await Composition.OpenStorageAsync(configuration, loggers, cancellation);
        if (!opened.Succeeded)
            return output.Failed(opened.Failures);

        await using var storage = opened.Value;
        var services = new ServiceCollection().AddSingleton<ILoggerFactory>(loggers).AddLogging().AddSingleton<IConfiguration>(configuration);
        await using var provider = services.AddGateway(configuration, storage).BuildServiceProvider();
        try
        {
            return await action(new(parsed, provider, output, cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return output.Failed([new("command.stopped", "Stopped before the end.")]);
        }
        catch (Exception e)
        {
            // Where it failed, not its message: messages of drivers and parsers may quote what they were given.
            return output.Failed([new("command.failed", $"An error inside the gateway: {e.GetType().FullName}\n{e.StackTrace}")]);
        }
    }
}
