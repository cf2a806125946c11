namespace Gateway.Storage.Model;

/// <summary>Something that a district's administrator or the operator is told: counts and codes (R-4.3, P-5.7).</summary>
internal sealed class RosterAlert
{
    public long Id { get; set; }

    public int DistrictId { get; set; }

    public required string Kind { get; set; }

    public required string Event { get; set; }

    public required string Recipient { get; set; }

    public required string Subject { get; set; }

    public required string Body { get; set; }

    public required string State { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset NextAttemptAt { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public string? Code { get; set; }
}
