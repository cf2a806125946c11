namespace Gateway.Platforms;

/// <summary>As <c>deployment.state</c> writes it.</summary>
internal static class DeploymentState
{
    /// <summary>Its launches are let in.</summary>
    public const string Active = "active";

    /// <summary>Seen in a launch, which was refused; nobody has approved it.</summary>
    public const string Waiting = "waiting";
}
