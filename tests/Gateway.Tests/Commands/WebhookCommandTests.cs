using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Identity;
using Gateway.Stage;
using Gateway.Storage;
using Gateway.Storage.Sealing;

namespace Gateway.Tests.Commands;

/// <summary>The operator's commands for webhooks, over one database.</summary>
public sealed class WebhookCommandTests : IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("gateway-webhooks-").FullName;
    private TestDatabase database = null!;
    private Dictionary<string, string?> environment = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateMigratedAsync("webhooks");
        var (file, key) = (Path.Combine(directory, "master.key"), RandomNumberGenerator.GetBytes(32));
        await File.WriteAllTextAsync(file, Convert.ToBase64String(key));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        environment = new() { ["ConnectionStrings__Gateway"] = database.OwnerConnectionString, ["Gateway__MasterKeyFile"] = file, ["Gateway__DataDirectory"] = directory };
        var masterKeys = MasterKeys.Of(key);
        await using var source = await DatabaseStartup.PrepareAsync(database.OwnerConnectionString, masterKeys, CancellationToken.None, Gateway.Jobs.JobsSchema.EnsureAsync);
        var (gateway, sealer) = (new GatewayDatabase(source), new Sealer(masterKeys));
        using var engines = new EngineClients(gateway, sealer, TimeProvider.System);
        Assert.Empty(await new EngineRegistration(gateway, sealer, engines, TestTrail.Of(gateway, sealer, TimeProvider.System), TimeProvider.System).RegisterAsync(
            new("engine", "https://engine.example/login", ["https://engine.example/callback"], TestStage.EngineSecret, null, "A Test"), CancellationToken.None));
        await database.ExecuteAsync("insert into gateway.district (slug, name, time_zone, created_at) values ('oak', 'Oak', 'UTC', now())");
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Webhook_is_set_shown_rotated_replayed_and_removed_by_command()
    {
        Assert.StartsWith("webhook.none: ", (await RunAsync(1, "client", "webhook-events", "engine")).Error, StringComparison.Ordinal);
        var secret = (await JsonAsync("client", "webhook", "engine", "--url", "https://engine.example/hook")).GetProperty("secret").GetString()!;
        Assert.Equal(32, Convert.FromBase64String(secret["whsec_".Length..]).Length);
        var rotated = await RunAsync(0, "client", "webhook", "engine", "--rotate-secret", "--overlap", "48");
        Assert.Contains("secret: whsec_", rotated.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, rotated.Output, StringComparison.Ordinal);
        Assert.Contains("the secret before signs too until ", rotated.Output, StringComparison.Ordinal);

        await database.ExecuteAsync("""
            insert into gateway.webhook_event (id, district_id, client_id, type, created_at, state, offered_at, attempts, next_attempt_at, finished_at, last_status, code)
            select i::text::uuid, d.id, 'engine', 'roster.changed', now(), 'dead', now(), 12, now(), now(), 500, 'webhook.receiver_failed'
            from gateway.district d, unnest(array['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002']) i
            """);
        var dead = await RunAsync(0, "client", "webhook-events", "engine", "--dead", "--last", "1");
        Assert.Matches("^[0-9a-f-]{36} .* roster.changed oak dead, tries 12, .*, HTTP 500, webhook.receiver_failed\n$", dead.Output);
        Assert.StartsWith("webhook.event_unknown: ", (await RunAsync(1, "client", "webhook-replay", "engine", "--event", "00000000-0000-7000-8000-000000000009")).Error, StringComparison.Ordinal);
        Assert.Equal(1, (await JsonAsync("client", "webhook-replay", "engine", "--event", "00000000-0000-7000-8000-000000000001")).GetProperty("replayed").GetInt32());
        await database.ExecuteAsync("update gateway.engine_webhook set disabled_at = now(), disabled_code = 'webhook.gone'");
        Assert.Equal(
            "1 events wait: the webhook is disabled (webhook.gone). `client webhook engine --enable` sends them.\n", (await RunAsync(0, "client", "webhook-replay", "engine", "--dead")).Output);

        var shown = await RunAsync(0, "client", "webhook", "engine");
        Assert.Contains("events: pending 2, delivered 0, dead 0\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("`client webhook engine --enable`", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec_", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("disabled", (await RunAsync(0, "client", "webhook", "engine", "--enable")).Output, StringComparison.Ordinal);
        Assert.Contains("2 events that waited are deleted", (await RunAsync(0, "client", "webhook", "engine", "--remove")).Output, StringComparison.Ordinal);
    }

    private async Task<Ended> RunAsync(int exitCode, params string[] arguments)
    {
        var ended = await InProcessCommand.RunAsync(environment, arguments);
        Assert.Equal((string.Join(' ', arguments), exitCode, ""), (string.Join(' ', arguments), ended.ExitCode, exitCode == 0 ? ended.Error : ""));
        return ended;
    }

    private async Task<JsonElement> JsonAsync(params string[] arguments) => JsonDocument.Parse((await RunAsync(0, [.. arguments, "--json"])).Output).RootElement;
}
