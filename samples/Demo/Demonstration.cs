namespace Samples.Demo;

/// <summary>The demonstration from beginning to end.</summary>
internal static class Demonstration
{
    public static async Task<int> RunAsync(bool once, CancellationToken cancellation)
    {
        var settings = DemoSettings.Load();
        await using var processes = new Processes(settings.DirectoryPath);

        Console.WriteLine("Starting the gateway and the three samples …");
        await processes.StartAsync("gateway", Paths.Gateway, ["serve"], settings.GatewayEnvironment(), cancellation);
        await processes.StartAsync("lms", Paths.Lms, [], settings.LmsEnvironment(), cancellation);
        await processes.StartAsync("sis", Paths.Sis, [], settings.SisEnvironment(), cancellation);

        Console.WriteLine("Setting up the district by the command line …");
        var commands = new GatewayCommands(settings.GatewayEnvironment());
        await Setup.RunAsync(commands, settings, cancellation);
        await processes.StartAsync("engine", Paths.Engine, [], settings.EngineEnvironment(await Setup.WebhookSecretAsync(commands, settings, cancellation)), cancellation);

        Console.WriteLine("Pulling the roster …");
        var roster = await commands.RunAsync(cancellation, "roster", "sync", DemoSettings.District);
        var held = await commands.RunAsync(cancellation, "district", "show", DemoSettings.District);

        if (!once)
        {
            Summary.Roster(roster, held);
            Summary.WhereToClick(settings);
            var ended = await processes.AnyEndsAsync(cancellation);
            throw new DemoFailedException($"The process {ended} ended by itself; see {settings.DirectoryPath}/{ended}.log. Everything else is stopped too.");
        }

        Console.WriteLine("A student clicks …");
        using var student = new Walk(settings);
        var launch = await student.LaunchAsync(cancellation);
        var score = await student.AnswerAsync(cancellation);
        Summary.Roster(roster, held);
        Summary.Launch(launch);
        Summary.Score(score);
        Summary.Copy(await EngineCopy.WaitAsync(settings, held.GetProperty("counts").GetProperty("classes").GetInt32(), cancellation));
        return 0;
    }
}
