namespace Gateway.Storage.Model;

/// <summary>That somebody was erased, and how many rows of what went (P-3.3).</summary>
internal sealed class Erasure
{
    public Guid Id { get; set; }

    public int DistrictId { get; set; }

    /// <summary>The number that is no learner's any more; null once every engine has confirmed.</summary>
    public long? LearnerId { get; set; }

    public DateTimeOffset ErasedAt { get; set; }

    public required string Reason { get; set; }

    public required string Counts { get; set; }
}
