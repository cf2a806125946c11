namespace Gateway.Platforms;

/// <summary>A field of a platform's form and what to enter there.</summary>
internal sealed record PlatformValue(string Field, string Value);

/// <summary>What an administrator does at the platform, and what the operator does with what comes back.</summary>
internal sealed record PlatformForm(string Where, IReadOnlyList<PlatformValue> Values, IReadOnlyList<string> Next);

/// <summary>The exact values to enter at a platform, under that platform's own field names (L-2.2, L-2.3).</summary>
internal sealed class PlatformValues(ToolFacts tool)
{
    private const string CustomParameter = $"{ToolFacts.SisParameter}={ToolFacts.SisVariable}";

    // Schoology documents this variable and not LTI's own.
    private const string SchoologyParameter = $"{ToolFacts.SisParameter}=$com.schoology.User.uniqueId";

    // Of a platform that may leave lis.person_sourcedid out.
    private const string SisChoice = $"Where launches are to meet the roster, add --sis-id custom:{ToolFacts.SisParameter} and mind its warning.";

    public Outcome<PlatformForm> Of(string kind, string district) => kind switch
    {
        PlatformKinds.Canvas => Canvas(district),
        PlatformKinds.Schoology => Schoology(district),
        PlatformKinds.Moodle => Moodle(district),
        PlatformKinds.Other => Other(district),
        _ => new Failure("platform.kind_unknown", $"The kind is one of {string.Join(", ", PlatformKinds.All)}."),
    };

    private PlatformForm Canvas(string district) => new(
        "Admin, Developer Keys, + Developer Key, + LTI Key",
        [
            new("Key Name", ToolFacts.Title),
            new("Redirect URIs", tool.LaunchUrl),
            new("Method", "Enter URL"),
            new("JSON URL", tool.CanvasConfigurationUrl),
            new("Privacy Level (comes with the JSON)", "anonymous"),
            new("Custom Fields (come with the JSON)", CustomParameter),
        ],
        [
            "Save, switch the key on, copy its client id (the long number under Details), and add the app to the account by client id. Then:",
            $"gateway platform add {district} --kind canvas --client-id CLIENT_ID",
            SisChoice,
            $"For beta or test add --environment beta or --environment test. For a Canvas of your own add --issuer URL (its lti_iss).",
        ]);

    private PlatformForm Schoology(string district) => new(
        "App Center, Organization Apps or My Developer Apps, Add App",
        [
            new("Name", ToolFacts.Title),
            new("Type of App", "LTI 1.3 App"),
            new("Privacy", "no name and no e-mail address"),
            new("Deep Linking", "off"),
            new("Assignments and Grade Services", "on"),
            new("Names and Roles Services", "off"),
            new("JWKS URL", tool.JwksUrl),
            new("Domain/URL", tool.LaunchUrl),
            new("Public key type", "Keyset URL"),
            new("OIDC Login Init URL", tool.LoginUrl),
            new("Redirect URLs", tool.LaunchUrl),
            new("Custom Parameters", SchoologyParameter),
        ],
        [
            "Install the app. The client id stands under Options, API Info; the deployment id under Configure, once it is installed. Then:",
            $"gateway platform add {district} --kind schoology --client-id CLIENT_ID --deployment-id DEPLOYMENT_ID",
            SisChoice,
        ]);

    private PlatformForm Moodle(string district) => new(
        "Site administration, Plugins, Activity modules, External tool, Manage tools, configure a tool manually",
        [
            new("Tool name", ToolFacts.Title),
            new("Tool URL", tool.LaunchUrl),
            new("LTI version", "LTI 1.3"),
            new("Public key type", "Keyset URL"),
            new("Public keyset", tool.JwksUrl),
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

    private PlatformForm Other(string district) => new(
        "The form for LTI 1.3 tools",
        [
            new("Name", ToolFacts.Title),
            new("Target link URL (launch URL)", tool.LaunchUrl),
            new("Login initiation URL", tool.LoginUrl),
            new("Redirect URL", tool.LaunchUrl),
            new("Public keyset (JWKS) URL", tool.JwksUrl),
            new("Scope", string.Join(' ', ToolFacts.Scopes)),
            new("Custom parameter", CustomParameter),
            new("Privacy", "user id and role: yes; name and e-mail address: no"),
        ],
        [
            "Then, with what the platform shows:",
            $"gateway platform add {district} --kind other --issuer ISSUER --client-id CLIENT_ID --deployment-id DEPLOYMENT_ID"
                + " --authorize-url URL --token-url URL --jwks-url URL",
        ]);
}
