namespace Gateway.Storage.Model;

/// <summary>A district's root key, sealed under the master key. Destroying it makes the district's pseudonyms meaningless.</summary>
internal sealed class DistrictKey
{
    public int DistrictId { get; set; }

    public short Version { get; set; }

    public required byte[] SealedKey { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
