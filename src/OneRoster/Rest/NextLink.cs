namespace OneRoster.Rest;

/// <summary>
/// The <c>rel="next"</c> of a page's Link headers (RFC 8288), resolved against the page's URL. One that names an <c>offset</c> says no
/// more than that there is another page: servers compute it from the limit that was asked, not from the rows that they sent.
/// </summary>
internal readonly record struct NextLink(Uri? Cursor, bool Foreign)
{
    public static NextLink Of(HttpResponseMessage response, Uri page)
    {
        if (!response.Headers.TryGetValues("Link", out var values) || Target(values) is not { } target || !Uri.TryCreate(page, target, out var url))
            return default;
        if (!Origin.IsSame(url, page) || url.UserInfo.Length > 0)
            return new NextLink(null, Foreign: true);
        return HasOffset(url) ? default : new NextLink(url, Foreign: false);
    }

    private static bool HasOffset(Uri url) =>
        url.Query.Contains("?offset=", StringComparison.OrdinalIgnoreCase) || url.Query.Contains("&offset=", StringComparison.OrdinalIgnoreCase);

    private static string? Target(IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            // A target may hold commas, so links are found by their brackets.
            for (var start = value.IndexOf('<'); start >= 0;)
            {
                var end = value.IndexOf('>', start);
                if (end < 0)
                    break;
                var following = value.IndexOf('<', end);
                var parameters = following < 0 ? value[end..] : value[end..following];
                if (IsNext(parameters))
                    return value[(start + 1)..end];
                start = following;
            }
        }

        return null;
    }

    private static bool IsNext(string parameters)
    {
        foreach (var parameter in parameters.Split(';'))
        {
            var pair = parameter.Split('=', 2);
            if (pair.Length == 2 && pair[0].Trim().Equals("rel", StringComparison.OrdinalIgnoreCase)
                && pair[1].Trim(' ', '"', ',').Split(' ').Contains("next", StringComparer.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
