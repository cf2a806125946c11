namespace Gateway.Platforms;

/// <summary>What identifies a platform and where it answers.</summary>
internal sealed record PlatformEndpoints(string Issuer, string Authorize, string Token, string Jwks)
{
    /// <summary>Schoology has one of each for everybody (developers.schoology.com/app-platform/lti-apps).</summary>
    public static PlatformEndpoints Schoology { get; } = new(
        "https://schoology.schoology.com",
        "https://lti-service.svc.schoology.com/lti-service/authorize-redirect",
        "https://lti-service.svc.schoology.com/lti-service/access-token",
        "https://lti-service.svc.schoology.com/lti-service/.well-known/jwks");

    /// <summary>A Moodle is its own platform; the issuer is its root URL, which Moodle writes without a slash at the end.</summary>
    public static PlatformEndpoints Moodle(string root)
    {
        var site = root.TrimEnd('/');
        return new(site, $"{site}/mod/lti/auth.php", $"{site}/mod/lti/token.php", $"{site}/mod/lti/certs.php");
    }
}
