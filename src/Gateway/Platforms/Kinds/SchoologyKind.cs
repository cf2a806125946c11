namespace Gateway.Platforms.Kinds;

/// <summary>
/// Schoology (developers.schoology.com/app-platform/lti-apps). Issuer and addresses are the same for everybody, and a public app has one
/// client id for all who install it.
/// </summary>
internal sealed class SchoologyKind : PlatformKind
{
    private static readonly PlatformEndpoints Everybodys = new(
        "https://schoology.schoology.com",
        "https://lti-service.svc.schoology.com/lti-service/authorize-redirect",
        "https://lti-service.svc.schoology.com/lti-service/access-token",
        "https://lti-service.svc.schoology.com/lti-service/.well-known/jwks");

    public override string Name => "schoology";

    public override string Title => "Schoology";

    public override IReadOnlyList<string> VendorHosts { get; } = ["schoology.schoology.com", "lti-service.svc.schoology.com"];

    public override string? CustomerDomain => "schoology.com";

    public override bool ClientIdServesMany => true;

    public override bool MayLeaveLisOut => true;

    // Schoology documents this variable and not LTI's own.
    public override string SisVariable => "$com.schoology.User.uniqueId";

    public override PlatformEndpoints? Endpoints(string? issuer, string clientId) => Everybodys with { Issuer = issuer ?? Everybodys.Issuer };

    public override PlatformForm Form(ToolFacts tool, string district, Guid keySet) => new(
        "App Center, Organization Apps or My Developer Apps, Add App",
        [
            new("Name", ToolFacts.Title),
            new("Type of App", "LTI 1.3 App"),
            new("Privacy", "no name and no e-mail address"),
            new("Deep Linking", "off"),
            new("Assignments and Grade Services", "on"),
            new("Names and Roles Services", "off"),
            new("JWKS URL", tool.JwksUrlOf(keySet)),
            new("Domain/URL", tool.LaunchUrl),
            new("Public key type", "Keyset URL"),
            new("OIDC Login Init URL", tool.LoginUrl),
            new("Redirect URLs", tool.LaunchUrl),
            new("Custom Parameters", CustomParameter),
        ],
        [
            "Install the app. The client id stands under Options, API Info; the deployment id under Configure, once it is installed. Then:",
            $"gateway platform add {district} --kind schoology --client-id CLIENT_ID --deployment-id DEPLOYMENT_ID",
        ]);
}
