using System.Globalization;

namespace Samples.Sis.Rest;

/// <summary>The Link header of a page (RFC 8288): first, previous, next and last, with the rest of the query as it came.</summary>
internal static class Links
{
    public static string Of(string url, IQueryCollection asked, RowQuery query, int total, LinkStyle style)
    {
        string place = style switch
        {
            LinkStyle.Relative => new Uri(url).AbsolutePath,
            LinkStyle.Foreign => "https://elsewhere.example.org" + new Uri(url).AbsolutePath,
            _ => url,
        };
        int last = total == 0 ? 0 : (total - 1) / query.Limit * query.Limit;
        var links = new List<string> { Link(0, "first"), Link(last, "last") };
        if (query.Offset > 0)
            links.Add(Link(Math.Max(0, query.Offset - query.Limit), "prev"));
        if (query.Offset + query.Limit < total)
            links.Add(Link(style == LinkStyle.Looping ? query.Limit : query.Offset + query.Limit, "next"));
        return string.Join(", ", links);

        string Link(int offset, string relation)
        {
            IEnumerable<KeyValuePair<string, string?>> rest = asked
                .Where(p => p.Key is not ("limit" or "offset" or "cursor"))
                .Select(p => KeyValuePair.Create(p.Key, (string?)p.Value.ToString()))
                .Append(new("limit", query.Limit.ToString(CultureInfo.InvariantCulture)))
                .Append(style is LinkStyle.Cursor or LinkStyle.Looping
                    ? new("cursor", offset.ToString("x8", CultureInfo.InvariantCulture))
                    : new("offset", offset.ToString(CultureInfo.InvariantCulture)));
            return $"<{place}{QueryString.Create(rest)}>; rel=\"{relation}\"";
        }
    }

    /// <summary>The place that a cursor stands for; the first row without one.</summary>
    public static int OffsetOf(string? cursor) =>
        int.TryParse(cursor, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int offset) ? offset : 0;
}
