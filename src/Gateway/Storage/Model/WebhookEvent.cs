namespace Gateway.Storage.Model;

/// <summary>An event on its way to an engine's webhook: a type, a district, and of a parked score its id; nobody.</summary>
internal sealed class WebhookEvent
{
    public Guid Id { get; set; }

    public int DistrictId { get; set; }

    public required string ClientId { get; set; }

    public required string Type { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public required string State { get; set; }

    /// <summary>From when its tries count: made, or made due anew by a person.</summary>
    public DateTimeOffset OfferedAt { get; set; }

    public int Attempts { get; set; }

    /// <summary>A try began and its end was not written yet.</summary>
    public bool Sending { get; set; }

    public DateTimeOffset NextAttemptAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public int? LastStatus { get; set; }

    public string? Code { get; set; }

    /// <summary>Of <c>score.parked</c>: which score.</summary>
    public Guid? ScoreId { get; set; }

    /// <summary>Of <c>score.parked</c>: why.</summary>
    public string? ScoreCode { get; set; }
}
