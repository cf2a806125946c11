namespace Gateway.Storage.Model;

/// <summary>An engine that has to confirm an erasure.</summary>
internal sealed class ErasureEngine
{
    public Guid ErasureId { get; set; }

    public int DistrictId { get; set; }

    public required string ClientId { get; set; }

    /// <summary>The erasure's number as this engine knows it: no other engine is told the same.</summary>
    public Guid ToldAs { get; set; }

    public DateTimeOffset? AcknowledgedAt { get; set; }

    public DateTimeOffset? AlertedAt { get; set; }
}
