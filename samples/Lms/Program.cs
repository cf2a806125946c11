namespace Samples.Lms;

// A named class instead of top-level statements: tests reference several executables, and there can be only one global Program.
internal static class Program
{
    public static async Task Main(string[] args)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        LmsOptions options = configuration.GetSection("Lms").Get<LmsOptions>() ?? new LmsOptions();
        options.Url ??= configuration["ASPNETCORE_URLS"] ?? "http://127.0.0.1:5101";
        await using WebApplication app = LmsServer.Build(options);
        await app.StartAsync();
        Console.WriteLine($"listening on {app.Urls.First()}");
        await app.WaitForShutdownAsync();
    }
}
