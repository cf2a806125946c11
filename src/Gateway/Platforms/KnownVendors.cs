namespace Gateway.Platforms;

/// <summary>
/// Vendors whose platforms answer at hosts that are not their issuer's, as the vendors document it (<see cref="PlatformKind.Endpoints"/>).
/// What stands there is believed without a person's word, so it is compared exactly and is short.
/// </summary>
internal static class KnownVendors
{
    /// <summary>The hosts of an issuer's addresses, https on the usual port, besides the issuer's own; empty where the kind fixes none.</summary>
    public static IReadOnlyCollection<string> HostsOf(PlatformKind kind, string issuer) =>
        Uri.TryCreate(issuer, UriKind.Absolute, out _) && kind.Endpoints(issuer, "client") is { } vendor
            ? [.. new[] { vendor.Authorize, vendor.Token, vendor.Jwks }.Select(url => new Uri(url).IdnHost).Distinct()]
            : [];
}
