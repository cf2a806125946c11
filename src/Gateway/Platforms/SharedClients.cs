namespace Gateway.Platforms;

/// <summary>
/// Platforms whose one client id serves all their customers (T-7): Blackboard, where the vendor registers a tool once for everybody, and
/// Schoology, where a public app does. Any customer can install the tool, so the first deployment that launches need not be the district's.
/// </summary>
internal static class SharedClients
{
    /// <summary>Whether a deployment id has to be given, because none may be learned: by the kind, and by the vendor of the issuer whatever the kind is.</summary>
    public static bool Serves(PlatformKind kind, string issuer) => kind.ClientIdServesMany || PlatformKinds.OfPlatform(issuer, null).ClientIdServesMany;
}
