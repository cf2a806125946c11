namespace Gateway.Storage.Model;

/// <summary>What the audit trail is hashed with, sealed under the master key.</summary>
internal sealed class AuditKey
{
    public short Version { get; set; }

    public required byte[] SealedKey { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
