namespace Gateway.Storage.Model;

/// <summary>A deployment of the tool within a registration (LTI Core 1.3, 3.1.3).</summary>
internal sealed class Deployment
{
    public int DistrictId { get; set; }

    public int RegistrationId { get; set; }

    public required string DeploymentId { get; set; }

    public DateTimeOffset CreatedAt { get; set; }
}
