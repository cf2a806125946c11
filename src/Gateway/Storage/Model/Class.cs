namespace Gateway.Storage.Model;

/// <summary>A class of the roster.</summary>
internal sealed class Class
{
    public long Id { get; set; }

    public int DistrictId { get; set; }

    public Guid Source { get; set; }

    /// <summary>The version of the district's key that it was made with.</summary>
    public short KeyVersion { get; set; }

    public long SchoolId { get; set; }

    public required string Kind { get; set; }

    public string? Title { get; set; }

    public string[]? Subjects { get; set; }

    public string[]? Grades { get; set; }

    public required long[] TermIds { get; set; }

    public DateOnly? EndedOn { get; set; }
}
