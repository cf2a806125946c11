using System.Runtime.InteropServices;

namespace Samples.Demo;

/// <summary>
/// What <c>./run.sh</c> runs: the gateway with the three samples, set up as an operator would by the command line.
/// <c>--once</c>: one roster sync, one launch and one score without a person, a summary, and the end.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await Demonstration.RunAsync(once: args.Contains("--once"), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.WriteLine("Stopped.");
            return args.Contains("--once") ? 1 : 0;
        }
        catch (DemoFailedException e)
        {
            Console.Error.WriteLine(e.Message);
            return 1;
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }
}

/// <summary>The demonstration cannot go on; the message is for the person who started it.</summary>
public sealed class DemoFailedException(string message) : Exception(message);
