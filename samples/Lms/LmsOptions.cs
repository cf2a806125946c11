using Samples.Lms.Registration;
using Samples.Lms.Services;

namespace Samples.Lms;

/// <summary>
/// Settings of the sample LMS; from the environment as <c>Lms__ClientId</c> and so on. What concerns the tool may be changed while the
/// server runs, here or by <c>POST /configure</c>.
/// </summary>
public sealed class LmsOptions
{
    /// <summary>Where to listen; a free port of the loopback address when not set.</summary>
    public string? Url { get; set; }

    /// <summary>What others reach the server by; its own address when not set.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>The <c>iss</c> of the tokens; the public URL when not set.</summary>
    public string? Issuer { get; set; }

    public string ClientId { get; set; } = "sample-lms-client";

    public string DeploymentId { get; set; } = "1";

    /// <summary>The tool's login initiation URL.</summary>
    public string ToolLoginUrl { get; set; } = "http://127.0.0.1:5100/lti/login";

    /// <summary>Where tokens may be sent, compared byte for byte; several are separated by spaces.</summary>
    public string ToolRedirectUrls { get; set; } = "http://127.0.0.1:5100/lti/launch";

    public string ToolJwksUrl { get; set; } = "http://127.0.0.1:5100/lti/jwks";

    /// <summary>The <c>target_link_uri</c> of the link; the first redirect URL when not set.</summary>
    public string? ToolTargetLinkUrl { get; set; }

    /// <summary>Opens the tool in a frame of a page of the LMS, instead of a new tab.</summary>
    public bool OpenInFrame { get; set; }

    /// <summary>Where the page around that frame keeps values for the tool.</summary>
    public PlatformStorage PlatformStorage { get; set; }

    /// <summary>What goes wrong there.</summary>
    public StorageFault StorageFault { get; set; }

    public long Seed { get; set; } = 1;

    public int Students { get; set; } = 200;

    /// <summary>The password of everybody, shown on the sign-in page.</summary>
    public string Password { get; set; } = "made-up";

    /// <summary>Wanted by <c>/configure</c> and <c>/faults</c> in the header <c>X-Control-Key</c>; without it they do not exist.</summary>
    public string? ControlKey { get; set; }

    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromHours(1);

    public TimeSpan IdTokenLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The query string of line items' URLs: tools must put <c>/scores</c> before it.</summary>
    public string LineItemQuery { get; set; } = "?type_id=1";

    /// <summary>The day the made-up school year lies around; today when not set.</summary>
    public DateOnly? Today { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Whose gradebook it behaves like.</summary>
    public GradebookHabit GradebookHabit { get; set; }

    /// <summary>What goes wrong with scores from now on.</summary>
    public ScoreFaults ScoreFaults { get; } = new();

    /// <summary>What goes wrong when a tool registers itself.</summary>
    public RegistrationFault RegistrationFault { get; set; }

    /// <summary>Moodle tells a tool that registers its deployment id; Canvas does not.</summary>
    public bool ReturnsDeploymentId { get; set; } = true;

    /// <summary>A tool that registers again keeps its client id, as with "Update" in Moodle.</summary>
    public bool UpdatesTool { get; set; }

    /// <summary>The <c>authorization_server</c> of its configuration, where it names one.</summary>
    public string? AuthorizationServer { get; set; }

    /// <summary>The query of the authorization endpoint that its configuration names.</summary>
    public string AuthorizationQuery { get; set; } = "";

    /// <summary>The document of the tool that registered last.</summary>
    public string? LastRegistration { get; internal set; }

    internal IReadOnlyList<string> RedirectUrls => ToolRedirectUrls.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    internal string TargetLinkUrl => ToolTargetLinkUrl ?? RedirectUrls.FirstOrDefault() ?? "";
}
