namespace Gateway.Storage.Model;

/// <summary>One run of the roster pipeline and what came of it.</summary>
internal sealed class RosterRun
{
    public long Id { get; set; }

    public int DistrictId { get; set; }

    public required string Trigger { get; set; }

    public bool DryRun { get; set; }

    public required string State { get; set; }

    public required string Phase { get; set; }

    public string? Code { get; set; }

    public string Rows { get; set; } = "{}";

    public string Changes { get; set; } = "{}";

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }
}
