using Lti.Registrations;

namespace Gateway.Platforms.Registering;

/// <summary>What is registered at a platform of a kind (L-2.1): no name, no e-mail address, one scope.</summary>
internal static class ToolOffer
{
    public static ToolRegistration For(PlatformKind kind, Guid keySet, ToolFacts tool) => new()
    {
        Name = ToolFacts.Title,
        Description = ToolFacts.Description,
        LoginInitiation = new Uri(tool.LoginUrl),
        RedirectUri = new Uri(tool.LaunchUrl),
        JwksUri = new Uri(tool.JwksUrlOf(keySet)),
        Scopes = ToolFacts.Scopes,
        CustomParameters = new Dictionary<string, string> { [ToolFacts.SisParameter] = kind.SisVariable },
        Placements = kind.Placements,
        Extensions = kind.RegistrationExtensions,
    };
}
