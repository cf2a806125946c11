namespace Gateway.Storage.Model;

/// <summary>The last number that a district's change feed gave out.</summary>
internal sealed class FeedPosition
{
    public int DistrictId { get; set; }

    public long LastSequence { get; set; }

    /// <summary>The newest change that is gone; 0 while all are kept.</summary>
    public long PurgedThrough { get; set; }
}
