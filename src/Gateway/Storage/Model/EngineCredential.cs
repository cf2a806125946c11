namespace Gateway.Storage.Model;

/// <summary>One way in which an engine proves who it is: the hash of a secret, or where its own keys are; one of the two.</summary>
internal sealed class EngineCredential
{
    public long Id { get; set; }

    public required string ClientId { get; set; }

    public byte[]? SecretHash { get; set; }

    public string? JwksUrl { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
