using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Gateway.Engine;
using Gateway.Hosting;
using Gateway.Rostering;
using Gateway.Stage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Gateway.Tests.Privacy;

/// <summary>
/// The canary run (P-6): everybody's data goes through every path, and then nothing of it may be found in a dump of the database, in
/// a base backup, in the database's files and log, in the gateway's log, numbers, traces and files, or in anything that an engine or a
/// browser was answered.
/// </summary>
/// <remarks>
/// Of the log, everything counts that the gateway's own code writes at any level, and of frameworks what the shipped levels let
/// through: a warning or worse. Below that ASP.NET Core writes the addresses of requests, and the address of a login holds the
/// platform's <c>login_hint</c>. For the same reason the redirect of a login back to the platform, which must hold the hint, is not
/// searched: it goes to the browser that brought it.
/// </remarks>
[Trait("Requirement", "P-6")]
[Trait("Requirement", "P-1.3")]
public sealed class CanaryTests
{
    [Fact]
    public async Task Nothing_that_was_planted_is_found_anywhere()
    {
        await using var stage = await TestStage.StartAsync(s => s.LmsOptions.Seed = s.SisOptions.Seed = 20261005);
        using var engine = new TestEngine(stage);
        var planted = PlantedValues.Of(stage);
        var search = new CanarySearch(planted);
        await using var receiver = await WebhookReceiver.StartAsync(stage.Clock);
        receiver.Secrets.Add((await stage.Services.GetRequiredService<WebhookEndpoints>().SetAsync(TestStage.EngineId, receiver.Url, TestContext.Current.CancellationToken)).Value.NewSecret!);
        using var run = new CanaryRun(stage, engine);
        using var telltale = new Telltale();
        await run.RunAsync();

        AssertTheRunWasWorthIt(run, search, planted);
        Assert.NotEmpty(receiver.Taken);
        var hits = new List<CanaryHit>();
        await foreach (var (place, text) in PlacesAsync(stage, engine, receiver, run, telltale))
            hits.AddRange(search.Find(text, place));
        Assert.True(hits.Count == 0, string.Join('\n', hits.Distinct().Select(hit => $"a {hit.Kind}, {hit.Form}, in {hit.Place}")));
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Warning)]
    [InlineData("Microsoft.AspNetCore.Routing.EndpointMiddleware", LogLevel.Warning)]
    [InlineData("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Warning)]
    [InlineData("System.Net.Http.HttpClient.outbound.LogicalHandler", LogLevel.Warning)]
    [InlineData("Npgsql.Command", LogLevel.Warning)]
    [InlineData("Quartz.Core", LogLevel.Warning)]
    [InlineData("Gateway.Launches.RefusalPage", LogLevel.Information)]
    public void Shipped_levels_hold_frameworks_back_below_a_warning(string category, LogLevel least)
    {
        using var loggers = LoggerFactory.Create(Telemetry.ConfigureLogging);
        var logger = loggers.CreateLogger(category);

        Assert.True(logger.IsEnabled(least));
        Assert.False(logger.IsEnabled(least - 1));
    }

    [Fact]
    public void Requests_themselves_are_not_logged_at_any_level()
    {
        using var loggers = LoggerFactory.Create(Telemetry.ConfigureLogging);

        Assert.False(loggers.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").IsEnabled(LogLevel.Critical));
    }

    // The sources hold what is looked for, and every kind of outcome came about.
    private static void AssertTheRunWasWorthIt(CanaryRun run, CanarySearch search, IReadOnlyList<PlantedValue> planted)
    {
        Assert.True(planted.Count > 3000);
        Assert.Contains(search.Find(run.Sources.IdToken, "id_token"), hit => hit is { Kind: "e-mail", Form: "base64" });
        var users = Unpacked(run.Sources.Export, "users.csv");
        Assert.Superset(
            new HashSet<string> { "given name", "family name", "username", "e-mail", "phone", "sms", "student number", "password", "home address", "sourcedId of a person" },
            search.Find(users, "export").Select(hit => hit.Kind).ToHashSet());
        Assert.Contains(run.Rosters, roster => roster.State == RosterRunState.Applied);
        Assert.True(run.Rosters.Where(roster => roster.State == RosterRunState.Failed).Select(roster => roster.Code).Distinct().Count() >= 4);
        Assert.Contains(run.Rosters, roster => roster.Findings.Count > 0);
        Assert.True(run.FromGateway.Select(answer => answer.PageCode).OfType<string>().Distinct().Count() >= 8);
        Assert.Contains(run.FromGateway, answer => (int)answer.Status == 500);
        Assert.Contains(run.FromGateway, answer => answer.PageCode == "launch.person_blocked");
        Assert.Contains(run.Told, told => told.Contains("\"held\"", StringComparison.Ordinal));
    }

    private static async IAsyncEnumerable<(string Place, string Text)> PlacesAsync(TestStage stage, TestEngine engine, WebhookReceiver receiver, CanaryRun run, Telltale telltale)
    {
        yield return ("the dump of the database", await DumpAsync(stage.Database));
        using (var backup = await BaseBackup.TakeAsync(stage.Database))
        {
            var number = await stage.Database.AskAsync<uint>($"select oid from pg_database where datname = '{stage.Database.Name}'");
            foreach (var file in backup.FilesOf(number))
                yield return ("a base backup", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
        }

        foreach (var file in Directory.GetFiles(stage.DataDirectory, "*", SearchOption.AllDirectories))
            yield return ("a file of the gateway", file + Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
        Assert.Contains(telltale.Metrics, label => label.StartsWith("Gateway gateway.launches outcome=", StringComparison.Ordinal));
        yield return ("the numbers", string.Join('\n', telltale.Metrics));
        Assert.Contains(telltale.Traces, trace => trace.StartsWith("Npgsql ", StringComparison.Ordinal));
        yield return ("the traces", string.Join('\n', telltale.Traces));
        yield return ("the log of the database", await File.ReadAllTextAsync(Path.Combine(TestCluster.HomeDirectory, "server.log")));
        foreach (var line in stage.Log.Entries.Where(line => line.IsOwn || line.Level >= LogLevel.Warning))
            yield return ($"the log, {line.Category} at {line.Level}", line.Text);
        yield return ("what the engine was told", string.Join('\n', engine.Received));
        foreach (var told in receiver.Tried)
            yield return ("a webhook", $"{told.Headers}\n{told.Body}");
        foreach (var answer in run.FromGateway)
            yield return ($"the answer of {PathOf(answer)}", $"{(answer.Address.AbsolutePath == "/lti/login" ? "" : answer.Headers)}\n{answer.Body}");
        foreach (var told in run.Told)
            yield return ("what a district or an operator was told", told);
        yield return ("the outcome of a roster", JsonSerializer.Serialize(run.Rosters));
        yield return ("the outcome of a roster", string.Join('\n', run.Rosters));
    }

    // The path may be what an intruder asked for.
    private static string PathOf(Answer answer) => answer.Address.Segments is [_, "lti/" or "connect/" or "api/", ..] ? answer.Address.Segments[1] : "an address";

    private static async Task<string> DumpAsync(TestDatabase database)
    {
        var owner = new NpgsqlConnectionStringBuilder(database.OwnerConnectionString);
        var start = new ProcessStartInfo(TestCluster.Binaries["pg_dump"], ["--host", owner.Host!, "--port", $"{owner.Port}", "--username", owner.Username!, "--no-password", database.Name])
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
            Environment = { ["PGPASSWORD"] = owner.Password ?? "" },
        };
        using var process = Process.Start(start)!;
        var dump = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("COPY gateway.learner_identity", dump, StringComparison.Ordinal);
        Assert.Contains("COPY jobs.qrtz_triggers", dump, StringComparison.Ordinal);
        return dump;
    }

    private static string Unpacked(byte[] archive, string file)
    {
        using var zip = new ZipArchive(new MemoryStream(archive));
        using var reader = new StreamReader(zip.GetEntry(file)!.Open());
        return reader.ReadToEnd();
    }
}
