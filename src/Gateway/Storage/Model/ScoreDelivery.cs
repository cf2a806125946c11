namespace Gateway.Storage.Model;

/// <summary>A score on its way to a gradebook; score and ticket are erased on delivery, and when a newer one takes its place (L-3.3, L-3.4).</summary>
internal sealed class ScoreDelivery
{
    public Guid Id { get; set; }

    public int DistrictId { get; set; }

    public required string ClientId { get; set; }

    public Guid IdempotencyHash { get; set; }

    public Guid ContentHash { get; set; }

    public long LearnerId { get; set; }

    public int RegistrationId { get; set; }

    public Guid Lane { get; set; }

    public long Ordinal { get; set; }

    public byte[]? SealedScore { get; set; }

    public required string State { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset NextAttemptAt { get; set; }

    public DateTimeOffset AcceptedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public string? Code { get; set; }

    public int? PlatformStatus { get; set; }

    public string? PlatformReason { get; set; }

    public bool Graded { get; set; }

    public DateTimeOffset StatedAt { get; set; }

    public DateTimeOffset OfferedAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public bool Unanswered { get; set; }

    public bool Resent { get; set; }
}
