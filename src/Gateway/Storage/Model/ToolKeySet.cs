namespace Gateway.Storage.Model;

/// <summary>Keys of the tool, published at an address of their own.</summary>
internal sealed class ToolKeySet
{
    public Guid Id { get; set; }

    public int DistrictId { get; set; }

    /// <summary>For the district's platforms of this kind; null: one registration's own.</summary>
    public string? Kind { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
