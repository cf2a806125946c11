namespace Gateway.Storage.Model;

/// <summary>What the checks found in a run: rule, place and count, never a value.</summary>
internal sealed class RosterFinding
{
    public long RunId { get; set; }

    public int DistrictId { get; set; }

    public required string Rule { get; set; }

    public required string Severity { get; set; }

    public required string Collection { get; set; }

    public required string Field { get; set; }

    public long? FirstLine { get; set; }

    public long Count { get; set; }
}
