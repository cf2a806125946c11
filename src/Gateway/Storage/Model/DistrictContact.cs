namespace Gateway.Storage.Model;

/// <summary>Where a district's administrator is told, sealed .</summary>
internal sealed class DistrictContact
{
    public int DistrictId { get; set; }

    public required byte[] SealedAddress { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
