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

    public bool AdditionsOnly { get; set; }

    public long? Approves { get; set; }

    public string Expected { get; set; } = "{}";

    public int Step { get; set; }

    public int Steps { get; set; }

    public long? RowsPerSecond { get; set; }

    public long? SecondsLeft { get; set; }

    public DateTimeOffset? ProgressAt { get; set; }

    public string Phases { get; set; } = "[]";

    public string LeftOut { get; set; } = "{}";

    public string? Comparison { get; set; }

    public string[]? BroadPatterns { get; set; }

    public byte[]? Digest { get; set; }

    public long? Position { get; set; }

    public long? SameAs { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }
}
