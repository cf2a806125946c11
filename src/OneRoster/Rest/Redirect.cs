using System.Net;
using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>Where a redirect leads (RFC 9110 15.4), and how one is refused that no secret may follow.</summary>
internal static class Redirect
{
    private const int LongestAddress = 200;

    /// <summary>The address; null when there is none.</summary>
    public static Uri? TargetOf(HttpResponseMessage response, Uri asked)
    {
        if (response.Headers.Location is not { } location)
            return null;
        var target = location.IsAbsoluteUri ? location : new Uri(asked, location);
        return target.UserInfo.Length == 0 && (target.Scheme == Uri.UriSchemeHttps || target.Scheme == Uri.UriSchemeHttp) ? target : null;
    }

    /// <summary>Names the address, so that a person may enter it: what a query holds is left out, it may be a session.</summary>
    public static RosterSourceException Refuse(RequestSite site, HttpStatusCode status, Uri? target, bool inCircle)
    {
        var what = site.IsTokenUrl ? "the token URL redirects" : "the server redirects";
        var reason = target is null ? $"{what} to no address that can be read; ask its operator for the right one"
            : inCircle ? $"{what} from one of its own addresses to the next without end; ask its operator for the right one"
            : $"{what} to {AddressOf(site, target)}, where no secret is sent unasked; if that is the vendor's, enter it as the {(site.IsTokenUrl ? "token URL" : "base URL")}";
        return site.Fail(RosterFailures.Redirected, reason, (int)status);
    }

    private static string AddressOf(RequestSite site, Uri target)
    {
        var address = target.GetLeftPart(UriPartial.Path);
        var name = site.Collection is { } collection ? RestSchema.PathOf(collection) : null;
        if (name is not null && address.TrimEnd('/').EndsWith("/" + name, StringComparison.Ordinal))
            address = address.TrimEnd('/')[..^name.Length];
        return address.Length <= LongestAddress ? address : address[..LongestAddress] + "…";
    }
}
