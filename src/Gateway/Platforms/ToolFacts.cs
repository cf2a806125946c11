using Gateway.Hosting;
using Gateway.Launches;
using Lti.Security;

namespace Gateway.Platforms;

/// <summary>What a platform is told of the tool, whichever way it is registered: the same everywhere, and as little as works.</summary>
internal sealed class ToolFacts(PublicAddress address)
{
    public const string Title = "Practice";
    public const string Description = "Opens the practice site of the school. Reads no name and no e-mail address.";

    /// <summary>
    /// The custom parameter that each platform is offered for the person's id in the SIS. Whether it is read, or one of another name, or
    /// <c>lis.person_sourcedid</c>, is the registration's choice (<see cref="SisSource"/>).
    /// </summary>
    public const string SisParameter = "person_sourcedid";

    /// <summary>The gateway sends scores and asks for nothing else.</summary>
    public static IReadOnlyList<string> Scopes { get; } = [LtiScopes.Score];

    public string Domain => new Uri(address.Url).Authority;

    public string LoginUrl => address.Url + "/lti/login";

    public string LaunchUrl => address.Url + "/lti/launch";

    /// <summary>Where the keys of a set are published; null: those that the registrations of before share.</summary>
    public string JwksUrlOf(Guid? keySet) => address.Url + ToolJwksEndpoint.Path + (keySet is { } set ? "/" + ToolKeys.NameOf(set) : "");

    public string RegistrationUrl => address.Url + Registering.RegisterEndpoint.Path;

    public string CanvasConfigurationUrlOf(Guid keySet) => address.Url + CanvasConfigurationEndpoint.PathOf(ToolKeys.NameOf(keySet));
}
