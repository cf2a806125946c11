namespace Gateway.Platforms;

/// <summary>
/// The rule for the <c>aud</c> of client assertions. Who holds a signed assertion can use it at the platform that it names, so one that
/// names another platform is never signed.
/// </summary>
internal static class TokenAudiences
{
    public const int Longest = 1_024;

    public static readonly Failure Invalid = new("platform.token_audience_invalid", "The token audience is 1 to 1,024 characters without blanks, as the platform shows it.");

    public static readonly Failure NotUsed = new("platform.token_audience_not_used", "--token-audience is not for platforms of this kind: their audience is known.");

    public static readonly Failure OfAnother = new(
        "platform.token_audience_of_another",
        "The token audience belongs to another platform than the token endpoint: a platform could then use the gateway's signature there. Compare both with what the platform shows.");

    public static bool IsText(string audience) => audience.Length is > 0 and <= Longest && audience.All(static letter => letter is > ' ' and not '\x7f' && !char.IsControl(letter) && !char.IsWhiteSpace(letter));

    /// <summary>Whether the audience is an address of a known vendor, and the token endpoint is not that vendor's.</summary>
    public static bool IsOfAnotherVendor(string audience, string tokenEndpoint) =>
        VendorOf(audience) is { } vendor && VendorOf(tokenEndpoint) != vendor;

    /// <summary>
    /// Whether nobody has to confirm the audience: it lies on the issuer's site or beside the token endpoint, or is the value that the kind's
    /// vendor has published for this endpoint.
    /// </summary>
    public static bool IsEvident(string audience, PlatformKind kind, string issuer, string tokenEndpoint) =>
        audience == tokenEndpoint || audience == kind.TokenAudience(tokenEndpoint)
        || (HostOf(audience) is { } host && (IsOnSite(host, HostOf(issuer)) || host.Equals(HostOf(tokenEndpoint), StringComparison.OrdinalIgnoreCase)));

    private static bool IsOnSite(string host, string? site) => site is not null
        && (host.Equals(site, StringComparison.OrdinalIgnoreCase) || host.EndsWith($".{site}", StringComparison.OrdinalIgnoreCase));

    // Some platforms name a host without a scheme.
    private static PlatformKind? VendorOf(string address) => PlatformKinds.OfVendorHost(Uri.TryCreate(address, UriKind.Absolute, out var url) ? url.Host : address);

    // With the port: two platforms on one machine are two.
    private static string? HostOf(string address) => Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Host.Length > 0 ? url.Authority : null;
}
