namespace Gateway.Storage.Model;

/// <summary>
/// A version of a district's root key, sealed under a share that no database holds and under the master key. Destroying the share makes
/// the district's pseudonyms meaningless, those in backups included.
/// </summary>
internal sealed class DistrictKey
{
    public int DistrictId { get; set; }

    public short Version { get; set; }

    public required byte[] SealedKey { get; set; }

    /// <summary>Names the share; null where the key is sealed under the master key alone.</summary>
    public Guid? Share { get; set; }

    /// <summary>From when on pseudonyms are made with it.</summary>
    public DateTimeOffset ActiveFrom { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
