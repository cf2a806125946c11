namespace Gateway.Storage.Model;

/// <summary>That somebody accepted a version of the privacy policy for a district (P-4.3).</summary>
internal sealed class PolicyAcceptance
{
    public int DistrictId { get; set; }

    public int Version { get; set; }

    public required string AcceptedBy { get; set; }

    public DateTimeOffset AcceptedAt { get; set; }
}
