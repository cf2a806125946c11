namespace Gateway.Platforms;

/// <summary>What an administrator gives of a platform (L-2.3); what the kind fixes may be left out.</summary>
/// <param name="Kind">The name of one of <see cref="PlatformKinds.All"/>.</param>
/// <param name="Issuer">The platform's <c>iss</c>; for Moodle and Brightspace the site's root URL.</param>
/// <param name="ClientId">The client id that the platform gave the tool.</param>
/// <param name="DeploymentIds">None: learned at the first launch, where the kind allows it.</param>
/// <param name="AuthorizationEndpoint">The three addresses are given together or not at all.</param>
/// <param name="TokenEndpoint">See there.</param>
/// <param name="JwksUri">See there.</param>
/// <param name="Environment">Canvas only: production, beta or test.</param>
/// <param name="SisId">Where the SIS id is read from, as <see cref="SisSource.Parse"/> takes it; null: <c>lis</c>.</param>
/// <param name="TokenAudience">The <c>aud</c> of client assertions where it is not the token endpoint's address.</param>
internal sealed record AddPlatformCommand(
    string Kind, string? Issuer, string ClientId, IReadOnlyList<string> DeploymentIds, string? AuthorizationEndpoint, string? TokenEndpoint, string? JwksUri,
    string? Environment = null, string? SisId = null, string? TokenAudience = null)
{
    /// <summary>Hosts off the issuer's site that a person has looked at and confirms.</summary>
    public IReadOnlyCollection<string> ConfirmedHosts { get; init; } = [];

    /// <summary>Canvas only: every deployment that launches is learned.</summary>
    public bool LearnsAllDeployments { get; init; }
}
