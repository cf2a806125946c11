using System.Net;
using System.Text.RegularExpressions;

namespace Gateway.Stage;

/// <summary>Where the pages of the gateway lead: links, forms, scripts and style sheets on its own site.</summary>
internal static class Links
{
    public static IReadOnlyList<string> Of(string html) =>
        [.. Regex.Matches(html, "(?:href|src|action)=\"(/[^\"]*)\"").Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];
}
