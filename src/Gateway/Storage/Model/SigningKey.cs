namespace Gateway.Storage.Model;

/// <summary>One of the gateway's own key pairs; the private part is sealed.</summary>
internal sealed class SigningKey
{
    public required string Kid { get; set; }

    public required string Purpose { get; set; }

    public required string Algorithm { get; set; }

    public required byte[] SealedPrivateKey { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? RetiredAt { get; set; }
}
