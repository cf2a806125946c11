namespace Gateway.Storage.Model;

/// <summary>A key of ASP.NET data protection, sealed.</summary>
internal sealed class DataProtectionKey
{
    public int Id { get; set; }

    public required byte[] SealedXml { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
