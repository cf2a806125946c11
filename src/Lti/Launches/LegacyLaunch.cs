namespace Lti.Launches;

/// <summary>Tells launches of LTI 1.1 and 2.0: OAuth 1.0a forms (RFC 5849) that name themselves (LTI 1.1.1, 3), with nothing of OpenID Connect.</summary>
internal static class LegacyLaunch
{
    private static readonly string[] Marks = ["lti_message_type", "lti_version", "oauth_consumer_key"];

    public static bool IsMeant(Func<string, string?> read) => Array.Exists(Marks, mark => !string.IsNullOrEmpty(read(mark)));
}
