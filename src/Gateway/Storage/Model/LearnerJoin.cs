namespace Gateway.Storage.Model;

/// <summary>What became one with what, as numbers, for the 30 days in which it can be undone.</summary>
internal sealed class LearnerJoin
{
    public long Id { get; set; }

    public int DistrictId { get; set; }

    public int? RegistrationId { get; set; }

    /// <summary>The learner that is left.</summary>
    public long KeptId { get; set; }

    /// <summary>The number of the one that is no more; null where a new subject was attached.</summary>
    public long? DroppedId { get; set; }

    /// <summary><c>launch</c>, <c>operator</c> or <c>roster</c>.</summary>
    public required string Cause { get; set; }

    public DateTimeOffset JoinedAt { get; set; }

    public DateOnly FirstSeen { get; set; }

    public DateOnly LastSeen { get; set; }

    public required long[] Identities { get; set; }

    public required Guid[] Launches { get; set; }

    public required Guid[] Scores { get; set; }

    public required long[] Classes { get; set; }
}
