using System.Net.Http.Json;
using System.Text.Json;

namespace Samples.Demo;

/// <summary>What an operator does once for a district. Doing it again changes nothing.</summary>
internal static class Setup
{
    public static async Task RunAsync(GatewayCommands gateway, DemoSettings settings, CancellationToken cancellation)
    {
        await gateway.RunOnceAsync("district.exists", cancellation,
            "district", "add", DemoSettings.District, "--name", "Sample District", "--time-zone", "America/Chicago");
        await gateway.RunOnceAsync("client.exists", cancellation,
            "client", "add", DemoSettings.EngineId, "--initiate-login-uri", $"{settings.Engine}/oidc/login", "--redirect-uri", $"{settings.Engine}/oidc/callback",
            "--secret-file", settings.SecretFile("engine.secret", settings.EngineSecret), "--accept-agreement", "Sample Operator");
        await gateway.RunOnceAsync("platform.exists", cancellation,
            "platform", "add", DemoSettings.District, "--kind", "other", "--issuer", settings.Lms, "--client-id", DemoSettings.LmsClientId, "--deployment-id", "1",
            "--authorize-url", $"{settings.Lms}/auth", "--token-url", $"{settings.Lms}/token", "--jwks-url", $"{settings.Lms}/jwks");
        await TellLmsAsync(await gateway.RunAsync(cancellation, "platform", "list", DemoSettings.District), settings, cancellation);
        await gateway.RunAsync(cancellation,
            "roster", "connect", DemoSettings.District, "--version", "1.2", "--base-url", $"{settings.Sis}/ims/oneroster/rostering/v1p2",
            "--token-url", $"{settings.Sis}/token", "--client-id", DemoSettings.SisClientId, "--secret-file", settings.SecretFile("sis.secret", settings.SisSecret));
        await gateway.RunAsync(cancellation,
            "client", "fields", DemoSettings.District, DemoSettings.EngineId, "--give", "role,classTitle", "--by", "Sample Administrator");
    }

    // As the LMS's administrator would: where the tool's keys for this platform are.
    private static async Task TellLmsAsync(JsonElement platforms, DemoSettings settings, CancellationToken cancellation)
    {
        using var http = new HttpClient();
        using var configure = new HttpRequestMessage(HttpMethod.Post, $"{settings.Lms}/configure")
        {
            Content = JsonContent.Create(new { toolJwksUrl = platforms[0].GetProperty("toolJwksUrl").GetString() }),
            Headers = { { "X-Control-Key", settings.ControlKey } },
        };
        using var answer = await http.SendAsync(configure, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The secret that the engine's webhooks are signed with; shown by the gateway once, kept by the engine.</summary>
    public static async Task<string> WebhookSecretAsync(GatewayCommands gateway, DemoSettings settings, CancellationToken cancellation)
    {
        var set = await gateway.RunAsync(cancellation, "client", "webhook", DemoSettings.EngineId, "--url", $"{settings.Engine}/webhooks/gateway");
        var path = Path.Combine(settings.DirectoryPath, "webhook.secret");
        if (!set.TryGetProperty("secret", out var made) && File.Exists(path))
            return (await File.ReadAllTextAsync(path, cancellation)).Trim();
        if (made.ValueKind != JsonValueKind.String)
            made = (await gateway.RunAsync(cancellation, "client", "webhook", DemoSettings.EngineId, "--rotate-secret", "--overlap", "0")).GetProperty("secret");
        settings.SecretFile("webhook.secret", made.GetString()!);
        return made.GetString()!;
    }
}
