namespace Gateway.Storage.Model;

/// <summary>A school of the roster.</summary>
internal sealed class School
{
    public long Id { get; set; }

    public int DistrictId { get; set; }

    public Guid Source { get; set; }

    /// <summary>The version of the district's key that it was made with.</summary>
    public short KeyVersion { get; set; }

    public string? Name { get; set; }

    public DateOnly? EndedOn { get; set; }
}
