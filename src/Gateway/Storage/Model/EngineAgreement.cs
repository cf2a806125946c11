namespace Gateway.Storage.Model;

/// <summary>Who accepted an engine's data agreement, and when (P-5.4).</summary>
internal sealed class EngineAgreement
{
    public required string ClientId { get; set; }

    public required string Version { get; set; }

    public required string AcceptedBy { get; set; }

    public DateTimeOffset AcceptedAt { get; set; }
}
