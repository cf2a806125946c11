namespace Gateway.Storage.Model;

/// <summary>A learner in a class.</summary>
internal sealed class Enrollment
{
    public int DistrictId { get; set; }

    public long ClassId { get; set; }

    public long LearnerId { get; set; }

    public required string Role { get; set; }

    public DateOnly? StartsOn { get; set; }

    public DateOnly? EndsOn { get; set; }

    public DateOnly? EndedOn { get; set; }
}
