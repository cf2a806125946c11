namespace Gateway.Storage.Model;

/// <summary>A pseudonym that leads to a learner (P-1.2).</summary>
internal sealed class LearnerIdentity
{
    public int DistrictId { get; set; }

    public short Kind { get; set; }

    public Guid Hash { get; set; }

    public short KeyVersion { get; set; }

    public long LearnerId { get; set; }

    /// <summary>Of a subject, the registration in whose namespace it is one; null: not known, or no subject.</summary>
    public int? RegistrationId { get; set; }

    /// <summary>The row's number, by which a join remembers it.</summary>
    public long Id { get; set; }
}
