using Gateway.Platforms.Kinds;
using Lti.Registrations;

namespace Gateway.Platforms;

/// <summary>The kinds of learning management system that are told apart. A kind that is not here is <see cref="Other"/>.</summary>
internal static class PlatformKinds
{
    public static PlatformKind Canvas { get; } = new CanvasKind();

    public static PlatformKind Other { get; } = new OtherKind();

    public static IReadOnlyList<PlatformKind> All { get; } =
        [Canvas, new SchoologyKind(), new MoodleKind(), new BrightspaceKind(), new BlackboardKind(), Other];

    public static string Names { get; } = string.Join(", ", All.Select(kind => kind.Name));

    /// <summary>Where configurations of issuers of another name may lie.</summary>
    public static IReadOnlyList<PlatformConfigurationHost> ConfigurationHosts { get; } = [.. All.SelectMany(kind => kind.ConfigurationHosts)];

    /// <summary>The domains below which vendors give each customer an address.</summary>
    public static IReadOnlyList<string> CustomerDomains { get; } = [.. All.Select(kind => kind.CustomerDomain).OfType<string>()];

    /// <summary>The kind of that name, or null.</summary>
    public static PlatformKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>The kind of a registration: its name was checked when it was stored.</summary>
    public static PlatformKind Of(string name) => Find(name) ?? throw new InvalidOperationException("A registration has a kind that is not known.");

    /// <summary>
    /// The kind of a platform that registers itself: the vendor's where the issuer is one of the vendor's own, else by the
    /// <c>product_family_code</c>, which the platform says of itself. It chooses words and offers, and nothing that is a secret elsewhere.
    /// </summary>
    public static PlatformKind OfPlatform(string? issuer, string? productFamily)
    {
        if (Uri.TryCreate(issuer, UriKind.Absolute, out var url) && OfVendorHost(url.Host) is { } vendor)
            return vendor;
        return productFamily is { } code && All.FirstOrDefault(kind => kind.ProductFamilies.Contains(code, StringComparer.OrdinalIgnoreCase)) is { } known ? known : Other;
    }

    /// <summary>The kind whose vendor answers at this host for every customer, or null.</summary>
    public static PlatformKind? OfVendorHost(string host) => All.FirstOrDefault(kind => kind.VendorHosts.Contains(host, StringComparer.OrdinalIgnoreCase));
}
