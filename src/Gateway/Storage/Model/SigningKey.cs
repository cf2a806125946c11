namespace Gateway.Storage.Model;

/// <summary>One of the gateway's own key pairs; the private part is sealed, and null once the key is retired.</summary>
internal sealed class SigningKey
{
    public required string Kid { get; set; }

    public required string Purpose { get; set; }

    /// <summary>The tool's key set that it belongs to; null: the gateway's own, and of purpose <c>lti</c> the shared one.</summary>
    public Guid? KeySetId { get; set; }

    public required string Algorithm { get; set; }

    public int Number { get; set; }

    public byte[]? SealedPrivateKey { get; set; }

    public byte[]? PublicKey { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ActivatesAt { get; set; }

    public DateTimeOffset? RetiredAt { get; set; }

    public DateTimeOffset? PublishedUntil { get; set; }
}
