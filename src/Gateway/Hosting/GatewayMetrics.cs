using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Gateway.Hosting;

/// <summary>
/// Numbers for operators, sent by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says so. Labels are codes of a fixed vocabulary.
/// Traces are not exported: frameworks write addresses into them, and addresses here carry hints and tickets.
/// </summary>
internal sealed class GatewayMetrics : IDisposable
{
    private const string Name = "Gateway";
    // Several gateways may run in one process: each one's numbers are its own.
    private readonly Meter meter;
    private readonly Counter<long> launches;
    private readonly Counter<long> authorizations;
    private readonly Counter<long> conflicts;
    private readonly Counter<long> scores;
    private readonly Counter<long> webhooks;
    private readonly Counter<long> limited;
    private readonly MeterProvider? exporter;

    public GatewayMetrics(IConfiguration configuration)
    {
        meter = new Meter(new MeterOptions(Name) { Scope = this });
        launches = meter.CreateCounter<long>("gateway.launches", description: "Launches by outcome: accepted, or the refusal's code.");
        authorizations = meter.CreateCounter<long>("gateway.authorizations", description: "Authorization requests of engines by outcome: granted, or the refusal's code.");
        conflicts = meter.CreateCounter<long>("gateway.identity_conflicts", description: "Launches whose ids lead to different people, by the reason.");
        scores = meter.CreateCounter<long>("gateway.score_tries", description: "Tries to deliver a score, by what came of them.");
        webhooks = meter.CreateCounter<long>("gateway.webhook_tries", description: "Tries to deliver a webhook event, by what came of them.");
        limited = meter.CreateCounter<long>("gateway.limited", description: "Requests refused because too many came from one address.");
        if (!string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            exporter = Sdk.CreateMeterProviderBuilder()
                .AddMeter(Name, "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime")
                .AddOtlpExporter()
                .Build();
    }

    public void Launched(string outcome) => launches.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Authorized(string outcome) => authorizations.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void IdentityConflict(string reason) => conflicts.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void ScoreTried(string state) => scores.Add(1, new KeyValuePair<string, object?>("state", state));

    public void WebhookTried(string state) => webhooks.Add(1, new KeyValuePair<string, object?>("state", state));

    public void Limited() => limited.Add(1);

    public void Dispose()
    {
        exporter?.Dispose();
        meter.Dispose();
    }
}
