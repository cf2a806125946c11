namespace Gateway.Platforms.Kinds;

/// <summary>Moodle. Each site is its own platform; the issuer is its root URL, which Moodle writes without a slash at the end.</summary>
internal sealed class MoodleKind : PlatformKind
{
    public override string Name => "moodle";

    public override string Title => "Moodle";

    // Where tool and link both set a parameter, Moodle sends the tool's value.
    public override bool? LinksOverrideCustomParameters => false;

    public override string? WhereLinkIsPasted => "Site administration, Plugins, External tool, Manage tools, Tool URL, Add LTI Advantage";

    public override string AfterRegistration => "Close this page. The tool stands under \"Pending\" in Manage tools: activate it there.";

    public override string OnIssuerMismatch => "Open Moodle by the address that stands in its configuration ($CFG->wwwroot), and begin again from there.";

    public override string IssuerOf(string issuer) => issuer.TrimEnd('/');

    public override PlatformEndpoints? Endpoints(string? issuer, string clientId) => issuer is null
        ? null
        : new(issuer, $"{issuer}/mod/lti/auth.php", $"{issuer}/mod/lti/token.php", $"{issuer}/mod/lti/certs.php");

    public override PlatformForm Form(ToolFacts tool, string district, Guid keySet) => new(
        "Site administration, Plugins, Activity modules, External tool, Manage tools, configure a tool manually",
        [
            new("Tool name", ToolFacts.Title),
            new("Tool URL", tool.LaunchUrl),
            new("LTI version", "LTI 1.3"),
            new("Public key type", "Keyset URL"),
            new("Public keyset", tool.JwksUrlOf(keySet)),
            new("Initiate login URL", tool.LoginUrl),
            new("Redirection URI(s)", tool.LaunchUrl),
            new("Custom parameters", CustomParameter),
            new("Tool configuration usage", "Show in activity chooser and as a preconfigured tool"),
            new("Default launch container", "New window"),
            new("IMS LTI Assignment and Grade Services", "Use this service for grade sync only"),
            new("IMS LTI Names and Role Provisioning", "Do not use this service"),
            new("Share launcher's name with tool", "Never"),
            new("Share launcher's email with tool", "Never"),
            new("Accept grades from the tool", "Always"),
        ],
        [
            "Save, and open the tool's configuration details (the list symbol). Then:",
            $"gateway platform add {district} --kind moodle --issuer PLATFORM_ID --client-id CLIENT_ID --deployment-id DEPLOYMENT_ID",
        ]);
}
