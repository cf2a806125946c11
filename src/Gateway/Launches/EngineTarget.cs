using Microsoft.AspNetCore.WebUtilities;

namespace Gateway.Launches;

/// <summary>
/// Where in the engine a link leads. A link's <c>target_link_uri</c> is always the gateway's own (<c>/lti/launch?path=/some/activity</c>);
/// the path is carried over to the engine's registered origin, so that no link can lead anywhere else (L-1.2). Where a platform has one
/// address for all links of a tool (Moodle), the link's custom parameter of the same name says it.
/// </summary>
internal static class EngineTarget
{
    public const string PathParameter = "path";

    /// <summary>The engine's page, or null: the link names none and the engine opens its own first page.</summary>
    public static string? Of(string initiateLoginUri, string? targetLinkUri, string? customPath = null)
    {
        var origin = new Uri(new Uri(initiateLoginUri).GetLeftPart(UriPartial.Authority));
        var path = PathOf(targetLinkUri) ?? Path(customPath);
        return path is not null && Uri.TryCreate(origin, path, out var target) && Uri.Compare(target, origin, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0
            ? target.AbsoluteUri
            : null;
    }

    private static string? PathOf(string? targetLinkUri)
    {
        if (!Uri.TryCreate(targetLinkUri, UriKind.Absolute, out var link))
            return null;
        if (Pasted(link.Query) is { } pasted)
            return Path(pasted);
        return QueryHelpers.ParseQuery(link.Query).TryGetValue(PathParameter, out var values) && values is [var path] ? Path(path) : null;
    }

    // ?path=/fractions?level=2&q=3: a page that somebody pasted as it stood in the browser. Its own question mark shows that the rest of the
    // query is the page's, and is written as the page's address is; an escaped one (%3F) is text of the parameter.
    private static string? Pasted(string query)
    {
        var start = query.IndexOf($"?{PathParameter}=", StringComparison.Ordinal);
        if (start < 0)
            start = query.IndexOf($"&{PathParameter}=", StringComparison.Ordinal);
        if (start < 0)
            return null;
        var value = query[(start + PathParameter.Length + 2)..];
        var (mark, next) = (value.IndexOf('?', StringComparison.Ordinal), value.IndexOf('&', StringComparison.Ordinal));
        if (mark < 0 || (next >= 0 && next < mark))
            return null;
        return Uri.UnescapeDataString(value[..mark]) + value[mark..];
    }

    // "//host" and "/\host" are addresses of another origin to a browser.
    private static string? Path(string? text) => text is ['/', ..] and not [_, '/' or '\\', ..] ? text : null;
}
