using Gateway.Commands;
using Microsoft.Extensions.Configuration;

namespace Gateway.Stage;

/// <summary>
/// A command of the gateway as a call: what a process says and how it ends, without the seconds that a process takes to start. Its log
/// alone goes elsewhere: to the console of the tests.
/// </summary>
internal static class InProcessCommand
{
    /// <summary>Runs a command to its end, with settings in the form of environment variables; those of this process do not count.</summary>
    public static Task<Ended> RunAsync(IReadOnlyDictionary<string, string?> settings, params string[] arguments) => RunAsync(settings, [], arguments);

    /// <summary>The same with something on its standard input.</summary>
    public static async Task<Ended> RunAsync(IReadOnlyDictionary<string, string?> settings, byte[] input, params string[] arguments)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), setting.Value)))
            .Build();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(arguments, new(configuration)
        {
            Output = output,
            Error = error,
            OpenInput = () => new MemoryStream(input, writable: false),
            // A signal is for the tests, not for a command among them.
            ProcessTerminationTimeout = null,
        });
        return new(exitCode, output.ToString(), error.ToString());
    }
}
