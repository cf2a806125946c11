using Lti.Registrations;

namespace Gateway.Platforms.Kinds;

/// <summary>
/// Canvas (Canvas documentation, "Configuring LTI Advantage Tools"). It has one issuer for all customers of an environment and answers
/// for all of them at one host of the environment; a client id belongs to one customer.
/// </summary>
internal sealed class CanvasKind : PlatformKind
{
    private const string Production = "production";

    // Canvas alone places a tool by what the tool asks for, and says how much of a person it sends by a member of its own.
    private const string Privacy = "https://canvas.instructure.com/lti/privacy_level";

    public override string Name => "canvas";

    public override string Title => "Canvas";

    public override IReadOnlyList<string> Environments { get; } = [Production, "beta", "test"];

    public override IReadOnlyList<string> VendorHosts { get; } =
    [
        "canvas.instructure.com", "canvas.beta.instructure.com", "canvas.test.instructure.com", "sso.canvaslms.com", "sso.beta.canvaslms.com", "sso.test.canvaslms.com",
    ];

    public override string? CustomerDomain => "instructure.com";

    public override IReadOnlyList<PlatformConfigurationHost> ConfigurationHosts =>
        [.. Environments.Select(name => OfEnvironment(name)!).Select(one => new PlatformConfigurationHost(one.Issuer, new Uri(one.Authorize).Host))];

    public override bool? LinksOverrideCustomParameters => true;

    public override bool LisClaimNeedsNames => true;

    public override bool NamesEveryCourseRole => true;

    // Canvas names its host there, and its token endpoint wants the endpoint's own address.
    public override bool NamesItsAudience => false;

    /// <summary>
    /// All three send LtiResourceLinkRequest: Canvas lets both kinds of message stand at the two selections, and with this one the link is
    /// made without a picker.
    /// </summary>
    public override IReadOnlyList<string> Placements { get; } = ["course_navigation", "assignment_selection", "link_selection"];

    public override IReadOnlyDictionary<string, string> RegistrationExtensions { get; } = new Dictionary<string, string> { [Privacy] = "anonymous" };

    public override string? WhereLinkIsPasted => "Admin, Apps, Manage, Install a New App, LTI 1.3, Dynamic Registration";

    public override string AfterRegistration => "Close this page. Canvas then shows the registration: check it, and switch the app on.";

    public override string OnIssuerMismatch => "Set the issuer of your own Canvas to its own address (lti_iss in config/security.yml), and begin again.";

    public override PlatformEndpoints? OfEnvironment(string name) => name switch
    {
        Production => At("https://canvas.instructure.com", "https://sso.canvaslms.com"),
        "beta" => At("https://canvas.beta.instructure.com", "https://sso.beta.canvaslms.com"),
        "test" => At("https://canvas.test.instructure.com", "https://sso.test.canvaslms.com"),
        _ => null,
    };

    // A Canvas of one's own that was given an issuer of its own (lti_iss) answers there.
    public override PlatformEndpoints? Endpoints(string? issuer, string clientId) => issuer is null
        ? OfEnvironment(Production)
        : Environments.Select(OfEnvironment).FirstOrDefault(one => one!.Issuer == issuer) ?? At(issuer, issuer.TrimEnd('/'));

    public override PlatformForm Form(ToolFacts tool, string district, Guid keySet) => new(
        "Admin, Developer Keys, + Developer Key, + LTI Key",
        [
            new("Key Name", ToolFacts.Title),
            new("Redirect URIs", tool.LaunchUrl),
            new("Method", "Enter URL"),
            new("JSON URL", tool.CanvasConfigurationUrlOf(keySet)),
            new("Privacy Level (comes with the JSON)", "anonymous"),
            new("Custom Fields (come with the JSON)", CustomParameter),
        ],
        [
            "Save, switch the key on, copy its client id (the long number under Details), and add the app to the account by client id. Then:",
            $"gateway platform add {district} --kind canvas --client-id CLIENT_ID",
            "For beta or test add --environment beta or --environment test. For a Canvas of your own add --issuer URL (its lti_iss).",
        ]);

    private static PlatformEndpoints At(string issuer, string host) =>
        new(issuer, $"{host}/api/lti/authorize_redirect", $"{host}/login/oauth2/token", $"{host}/api/lti/security/jwks");
}
