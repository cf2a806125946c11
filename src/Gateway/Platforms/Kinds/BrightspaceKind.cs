namespace Gateway.Platforms.Kinds;

/// <summary>
/// Brightspace by D2L (documentation.brightspace.com, "LTI 1.3 Registration"). Each site is its own issuer and has its own keys, and one
/// token endpoint serves them all. That endpoint wants an audience of another name (community.d2l.com, "LTI Advantage Developer FAQ").
/// </summary>
internal sealed class BrightspaceKind : PlatformKind
{
    private const string TokenEndpoint = "https://auth.brightspace.com/core/connect/token";

    public override string Name => "brightspace";

    public override string Title => "Brightspace";

    public override IReadOnlyList<string> ProductFamilies { get; } = ["brightspace", "desire2learn", "d2l"];

    public override IReadOnlyList<string> VendorHosts { get; } = ["auth.brightspace.com", "api.brightspace.com"];

    public override string? CustomerDomain => "brightspace.com";

    public override bool TakesTokenAudience => true;

    public override string? WhereLinkIsPasted => "Admin Tools, Manage Extensibility, LTI Advantage, Register Tool, Dynamic";

    public override string AfterRegistration => "Close this page. Brightspace leaves the registration disabled: enable it under Manage Extensibility, LTI Advantage, and make a deployment.";

    public override string? TokenAudience(string tokenEndpoint) => tokenEndpoint == TokenEndpoint ? "https://api.brightspace.com/auth/token" : null;

    public override string IssuerOf(string issuer) => issuer.TrimEnd('/');

    public override PlatformEndpoints? Endpoints(string? issuer, string clientId) => issuer is null
        ? null
        : new(issuer, $"{issuer}/d2l/lti/authenticate", TokenEndpoint, $"{issuer}/d2l/.well-known/jwks");

    public override PlatformForm Form(ToolFacts tool, string district, Guid keySet) => new(
        "Admin Tools, Manage Extensibility, LTI Advantage, Register Tool, Standard",
        [
            new("Name", ToolFacts.Title),
            new("Domain", tool.Domain),
            new("Redirect URLs", tool.LaunchUrl),
            new("OpenID Connect Login URL", tool.LoginUrl),
            new("Target Link URI", tool.LaunchUrl),
            new("Keyset URL", tool.JwksUrlOf(keySet)),
            new("Extensions", "Assignment and Grade Services; no Names and Role Provisioning Services"),
            new("Custom Parameters", CustomParameter),
            new("Security settings of the deployment", "User ID: on; Anonymous, name, e-mail and user name: off"),
        ],
        [
            "Enable the registration, and make a deployment under External Learning Tools, LTI Advantage, New Deployment. Then:",
            $"gateway platform add {district} --kind brightspace --issuer ISSUER --client-id CLIENT_ID --deployment-id DEPLOYMENT_ID",
            "If Brightspace shows an OAuth2 Access Token URL or an OAuth2 Audience of its own, add all three addresses and --token-audience.",
        ]);
}
