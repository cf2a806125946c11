namespace Gateway.Storage.Model;

/// <summary>That a launch happened (P-2.4).</summary>
internal sealed class Launch
{
    public Guid Id { get; set; }

    public int DistrictId { get; set; }

    public long LearnerId { get; set; }

    public int RegistrationId { get; set; }

    public required string MessageType { get; set; }

    public DateTimeOffset LaunchedAt { get; set; }
}
