namespace Gateway.Platforms;

/// <summary>
/// Whether a platform's addresses are on its issuer's site (T-6). On the site are the issuer's own host and hosts below it, over the
/// issuer's scheme: only the owner of a name gives out names below it. A parent or a sibling is not: with shared hosting (schools.example,
/// github.io) that is somebody else, and no list of such hosts is complete. Everything else needs a vendor that is known for it, or a
/// person who says so.
/// </summary>
internal static class PlatformSite
{
    /// <summary>The hosts (with the port, where it is not the usual one) that a person has to confirm, each once.</summary>
    public static IReadOnlyList<string> HostsElsewhere(PlatformEndpoints platform, PlatformKind kind)
    {
        if (!Uri.TryCreate(platform.Issuer, UriKind.Absolute, out var issuer))
            issuer = null;
        var vendor = KnownVendors.HostsOf(kind, platform.Issuer);
        return [.. new[] { platform.Authorize, platform.Token, platform.Jwks }
            .Select(text => new Uri(text))
            .Where(address => !IsOn(issuer, address) && !(address is { Scheme: "https", IsDefaultPort: true } && vendor.Contains(address.IdnHost)))
            .Select(address => address.IsDefaultPort ? address.IdnHost : $"{address.IdnHost}:{address.Port}")
            .Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Those of them that nobody confirmed.</summary>
    public static IReadOnlyList<string> Unconfirmed(PlatformEndpoints platform, PlatformKind kind, IReadOnlyCollection<string> confirmed) =>
        [.. HostsElsewhere(platform, kind).Where(host => !confirmed.Contains(host, StringComparer.OrdinalIgnoreCase))];

    private static bool IsOn(Uri? issuer, Uri address)
    {
        if (issuer is null || issuer.Scheme != address.Scheme)
            return false;
        var (own, other) = (issuer.IdnHost, address.IdnHost);
        if (own.Equals(other, StringComparison.OrdinalIgnoreCase))
            return true;
        // A name of one label is a registry's or a local one, and an address has nothing below it.
        return issuer.HostNameType == UriHostNameType.Dns && own.Contains('.', StringComparison.Ordinal)
            && other.EndsWith("." + own, StringComparison.OrdinalIgnoreCase);
    }
}
