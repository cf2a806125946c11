namespace Gateway.Storage.Model;

/// <summary>The one key pair that districts are handed over to; the private half sealed.</summary>
internal sealed class SuccessorKey
{
    public short Id { get; set; }

    public required byte[] SealedPrivateKey { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
