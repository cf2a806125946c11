namespace Samples.Sis;

// A named class instead of top-level statements: tests reference several executables, and there can be only one global Program.
internal static class Program
{
    public static async Task Main(string[] args)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        SisOptions options = configuration.GetSection("Sis").Get<SisOptions>() ?? new SisOptions();
        options.Url ??= configuration["ASPNETCORE_URLS"] ?? "http://127.0.0.1:5102";
        await using WebApplication app = SisServer.Build(options);
        await app.StartAsync();
        Console.WriteLine($"listening on {app.Urls.First()}");
        await app.WaitForShutdownAsync();
    }
}
