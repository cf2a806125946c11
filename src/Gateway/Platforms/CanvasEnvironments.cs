using Lti.Registrations;

namespace Gateway.Platforms;

/// <summary>
/// Canvas has one issuer for all customers of an environment, and answers for all of them at one host of the environment
/// (Canvas documentation, "Configuring LTI Advantage Tools").
/// </summary>
internal static class CanvasEnvironments
{
    public const string Production = "production";

    public static IReadOnlyList<string> Names { get; } = [Production, "beta", "test"];

    /// <summary>Null for a name that is none.</summary>
    public static PlatformEndpoints? Of(string name) => name switch
    {
        Production => At("https://canvas.instructure.com", "https://sso.canvaslms.com"),
        "beta" => At("https://canvas.beta.instructure.com", "https://sso.beta.canvaslms.com"),
        "test" => At("https://canvas.test.instructure.com", "https://sso.test.canvaslms.com"),
        _ => null,
    };

    /// <summary>The environment that has this issuer, or null: a Canvas that somebody runs themselves.</summary>
    public static PlatformEndpoints? OfIssuer(string issuer) => Names.Select(Of).FirstOrDefault(one => one!.Issuer == issuer);

    /// <summary>A self-hosted Canvas that was given an issuer of its own (<c>lti_iss</c>) answers there.</summary>
    public static PlatformEndpoints SelfHosted(string issuer) => At(issuer, issuer.TrimEnd('/'));

    /// <summary>Where these environments' configurations may lie besides at their issuer.</summary>
    public static IReadOnlyList<PlatformConfigurationHost> ConfigurationHosts { get; } =
        [.. Names.Select(name => Of(name)!).Select(one => new PlatformConfigurationHost(one.Issuer, new Uri(one.Authorize).Host))];

    private static PlatformEndpoints At(string issuer, string host) =>
        new(issuer, $"{host}/api/lti/authorize_redirect", $"{host}/login/oauth2/token", $"{host}/api/lti/security/jwks");
}
