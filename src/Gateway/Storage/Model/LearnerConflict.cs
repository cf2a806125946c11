namespace Gateway.Storage.Model;

/// <summary>Ids that lead to different learners and may not make one of them (docs/adr/0042).</summary>
internal sealed class LearnerConflict
{
    public long Id { get; set; }

    public int DistrictId { get; set; }

    /// <summary>The registration through which it came; null: a roster said it, or a person.</summary>
    public int? RegistrationId { get; set; }

    /// <summary>Who the launch went in as.</summary>
    public long LearnerId { get; set; }

    /// <summary>Whom the other id leads to; null: nobody.</summary>
    public long? OtherId { get; set; }

    public required string Reason { get; set; }

    public DateOnly FirstSeen { get; set; }

    public DateOnly LastSeen { get; set; }

    /// <summary>How often.</summary>
    public int Seen { get; set; }

    /// <summary>Whether the district was told by mail.</summary>
    public bool Told { get; set; }

    /// <summary>Whether the audit trail was told.</summary>
    public bool Audited { get; set; }
}
