namespace Gateway.Storage.Model;

/// <summary>A deployment of the tool within a registration (LTI Core 1.3, 3.1.3).</summary>
internal sealed class Deployment
{
    public int DistrictId { get; set; }

    public int RegistrationId { get; set; }

    public required string DeploymentId { get; set; }

    /// <summary><c>active</c>, or <c>waiting</c>: seen in a launch and not approved.</summary>
    public string State { get; set; } = "active";

    public DateTimeOffset CreatedAt { get; set; }
}
