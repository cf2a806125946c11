namespace Gateway.Storage.Model;

/// <summary>A pseudonym that leads to a learner (P-1.2).</summary>
internal sealed class LearnerIdentity
{
    public int DistrictId { get; set; }

    public short Kind { get; set; }

    public Guid Hash { get; set; }

    public short KeyVersion { get; set; }

    public long LearnerId { get; set; }
}
