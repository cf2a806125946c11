using Lti.Registrations;

namespace Gateway.Platforms.Kinds;

/// <summary>
/// Blackboard Learn (docs.anthology.com, "LTI"). Tools are registered at the vendor's developer portal, which is one issuer with one set
/// of addresses for everybody; a client id (application id) serves every customer, and the deployment tells them apart.
/// </summary>
internal sealed class BlackboardKind : PlatformKind
{
    private const string Issuer = "https://blackboard.com";
    private const string Portal = "https://developer.blackboard.com";

    public override string Name => "blackboard";

    public override string Title => "Blackboard";

    public override IReadOnlyList<string> ProductFamilies { get; } = ["blackboard", "BlackboardLearn"];

    public override IReadOnlyList<string> VendorHosts { get; } = ["blackboard.com", "developer.blackboard.com"];

    public override string? CustomerDomain => "blackboard.com";

    public override IReadOnlyList<PlatformConfigurationHost> ConfigurationHosts { get; } = [new(Issuer, "developer.blackboard.com")];

    public override bool ClientIdServesMany => true;

    public override bool ScoreNeedsLineItem => true;

    public override string? WhereLinkIsPasted => "the developer portal, Register a REST or LTI application, LTI dynamic registration";

    public override string AfterRegistration =>
        "Close this page. Then register the tool in each Blackboard by its client id (Admin, LTI Tool Providers), and give the deployment id that it shows there to the gateway's operator.";

    public override string OnIssuerMismatch =>
        "Blackboard is registered at developer.blackboard.com: begin there, or give the application id and the deployment id to the gateway's operator, who enters them by hand (`platform add --kind blackboard`).";

    // The portal has a key set for each application.
    public override PlatformEndpoints? Endpoints(string? issuer, string clientId) => new(
        issuer ?? Issuer,
        $"{Portal}/api/v1/gateway/oidcauth",
        $"{Portal}/api/v1/gateway/oauth2/jwttoken",
        $"{Portal}/api/v1/management/applications/{Uri.EscapeDataString(clientId)}/jwks.json");

    public override PlatformForm Form(ToolFacts tool, string district, Guid keySet) => new(
        "developer.blackboard.com, Register a REST or LTI application, My Integration supports LTI 1.3",
        [
            new("Application Name", ToolFacts.Title),
            new("Domain(s)", tool.Domain),
            new("Login Initiation URL", tool.LoginUrl),
            new("Tool Redirect URL(s)", tool.LaunchUrl),
            new("Tool JWKS URL", tool.JwksUrlOf(keySet)),
            new("Signing Algorithm", "RS256"),
            new("Custom Parameters", CustomParameter),
        ],
        [
            "In Blackboard: Admin, Integrations, LTI Tool Providers, Register LTI 1.3/Advantage Tool, with the application id as Client ID.",
            "There: User Fields to Send: Role in Course only. Allow grade service access: Yes. Allow Membership Service Access: No. Then:",
            $"gateway platform add {district} --kind blackboard --client-id APPLICATION_ID --deployment-id DEPLOYMENT_ID",
        ]);
}
