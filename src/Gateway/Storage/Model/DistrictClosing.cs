namespace Gateway.Storage.Model;

/// <summary>How many rows of a table are gone of a district whose contract is over (P-2.8).</summary>
internal sealed class DistrictClosing
{
    public int DistrictId { get; set; }

    public required string Relation { get; set; }

    public long Rows { get; set; }
}
