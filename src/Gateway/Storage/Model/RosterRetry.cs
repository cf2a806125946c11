namespace Gateway.Storage.Model;

/// <summary>A district whose source is tried again .</summary>
internal sealed class RosterRetry
{
    public int DistrictId { get; set; }

    public DateTimeOffset BeganAt { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset NextAt { get; set; }

    public required string Code { get; set; }
}
