namespace Gateway.Storage.Model;

/// <summary>The last number that a district's change feed gave out.</summary>
internal sealed class FeedPosition
{
    public int DistrictId { get; set; }

    public long LastSequence { get; set; }
}
