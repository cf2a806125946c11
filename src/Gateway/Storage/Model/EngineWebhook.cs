namespace Gateway.Storage.Model;

/// <summary>Where an engine wants to be told that there is something to fetch, and what the gateway signs with.</summary>
internal sealed class EngineWebhook
{
    public required string ClientId { get; set; }

    public required string Url { get; set; }

    public required byte[] SealedSecret { get; set; }

    /// <summary>Signs too, until <see cref="PreviousUntil"/>.</summary>
    public byte[]? SealedPreviousSecret { get; set; }

    public DateTimeOffset? PreviousUntil { get; set; }

    /// <summary>Since when nothing is sent, because the receiver said that it is gone.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    public string? DisabledCode { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
