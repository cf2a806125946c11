using Lti.Registrations;

namespace Gateway.Platforms.Registering;

/// <summary>What is registered at a platform of a kind (L-2.1): no name, no e-mail address, one scope.</summary>
internal static class ToolOffer
{
    // Canvas alone places a tool by what the tool asks for, and says how much of a person it sends by a member of its own.
    private const string CanvasPrivacy = "https://canvas.instructure.com/lti/privacy_level";

    public static ToolRegistration For(string kind, ToolFacts tool) => new()
    {
        Name = ToolFacts.Title,
        Description = ToolFacts.Description,
        LoginInitiation = new Uri(tool.LoginUrl),
        RedirectUri = new Uri(tool.LaunchUrl),
        JwksUri = new Uri(tool.JwksUrl),
        Scopes = ToolFacts.Scopes,
        CustomParameters = new Dictionary<string, string> { [ToolFacts.SisParameter] = ToolFacts.SisVariable },
        Placements = kind == PlatformKinds.Canvas ? ToolFacts.CanvasPlacements : [],
        Extensions = kind == PlatformKinds.Canvas ? new Dictionary<string, string> { [CanvasPrivacy] = "anonymous" } : new Dictionary<string, string>(),
    };
}
