using System.Buffers;
using System.Globalization;
using Gateway.Platforms;
using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Launches;

/// <summary>
/// The way back to the course: <c>launch_presentation.return_url</c>, taken only when it is an address of the platform that signed it. The
/// gateway's own pages link to it and engines are given it, so a foreign address would be an open redirect under both their names.
/// </summary>
internal static class ReturnAddress
{
    private const int Longest = 1024;
    private const string SessionKey = "sesskey";

    // RFC 3986, 2, without "@", nor written as "%40": it begins another host to some readers, and a person's address is in no link of a course.
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]!$&'()*+,;=%");

    /// <param name="returnUrl">As the platform wrote it, out of a token whose signature was verified.</param>
    /// <param name="platform">Whose signature it was.</param>
    /// <returns>The address, or null: there is none, it is too long, or not the platform's.</returns>
    public static string? Of(string? returnUrl, PlatformRegistration platform)
    {
        if (returnUrl is null || returnUrl.Length > Longest || returnUrl.AsSpan().ContainsAnyExcept(Allowed)
            || returnUrl.Contains("%40", StringComparison.Ordinal)
            || !Uri.TryCreate(returnUrl, UriKind.Absolute, out var url)
            || !(url.Scheme == "https" || url is { Scheme: "http", IsLoopback: true }) || !IsOf(platform, url))
            return null;
        return returnUrl.Contains(SessionKey, StringComparison.OrdinalIgnoreCase) ? WithoutSessionKey(url) : url.AbsoluteUri;
    }

    private static bool IsOf(PlatformRegistration platform, Uri url)
    {
        var registration = platform.Registration;
        return IsOf(registration.AuthorizationEndpoint, url)
            || (AsUrl(registration.Issuer) is { } issuer && IsOf(issuer, url))
            || (AsUrl(platform.LineItemOrigin) is { } lineItems && IsOf(lineItems, url));
    }

    private static bool IsOf(Uri known, Uri url) =>
        (url.Scheme == known.Scheme && url.Port == known.Port && url.IdnHost.Equals(known.IdnHost, StringComparison.OrdinalIgnoreCase))
        // Only the owner of a name gives out names below it; a parent or a sibling may be somebody else. One issuer serves all customers of a vendor.
        || (url is { Scheme: "https", IsDefaultPort: true } && known.Scheme == "https"
            && ((known.IdnHost.Contains('.', StringComparison.Ordinal) && IsUnder(url, known.IdnHost)) || PlatformKinds.CustomerDomains.Any(vendor => IsUnder(known, vendor) && IsUnder(url, vendor))));

    private static bool IsUnder(Uri url, string domain) =>
        url.HostNameType == UriHostNameType.Dns
        && (url.IdnHost.Equals(domain, StringComparison.OrdinalIgnoreCase) || url.IdnHost.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase));

    private static Uri? AsUrl(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var url) ? url : null;

    // Moodle's address has the key that guards the person's session against forged requests, and opens with it only: it is nobody else's to
    // know. The course's page is where that address leads.
    private static string? WithoutSessionKey(Uri url)
    {
        const string moodleReturn = "/mod/lti/return.php";
        return url.AbsolutePath.EndsWith(moodleReturn, StringComparison.Ordinal)
            && int.TryParse(QueryHelpers.ParseQuery(url.Query).GetValueOrDefault("course"), NumberStyles.None, CultureInfo.InvariantCulture, out var course)
            ? string.Create(CultureInfo.InvariantCulture, $"{url.GetLeftPart(UriPartial.Authority)}{url.AbsolutePath[..^moodleReturn.Length]}/course/view.php?id={course}")
            : null;
    }
}
