using System.Globalization;
using System.Text;
using Gateway.Hosting;

namespace Gateway.Alerts;

/// <summary>A mail: one line of subject and lines of ASCII. Made of slugs, codes, counts and dates alone.</summary>
internal sealed record AlertText(string Subject, string Body)
{
    /// <param name="place">Which district it is about.</param>
    /// <param name="what">The subject's end.</param>
    /// <param name="lines">The body.</param>
    /// <param name="command">What shows more.</param>
    public static AlertText Of(AlertPlace place, string what, IEnumerable<string> lines, string command)
    {
        var body = new StringBuilder();
        foreach (var line in lines)
            body.Append(line).Append("\r\n");
        body.Append("\r\n").Append("See  ").Append(command).Append("\r\n");
        if (place.Url is { } url)
            body.Append("     ").Append(url).Append("\r\n");
        return new AlertText($"[Gateway] {place.Slug}: {what}", body.ToString());
    }
}

/// <summary>Which district it is about, and where the gateway is.</summary>
internal sealed record AlertPlace(string Slug, TimeZoneInfo Zone, string? Url)
{
    public static AlertPlace Of(string slug, string timeZone, GatewayOptions options) =>
        new(slug, TimeZoneInfo.FindSystemTimeZoneById(timeZone), UrlOf(options));

    /// <summary>What is about no district.</summary>
    public static AlertPlace OfGateway(GatewayOptions options) => new("gateway", TimeZoneInfo.Utc, UrlOf(options));

    public string Local(DateTimeOffset instant) =>
        $"{TimeZoneInfo.ConvertTime(instant, Zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} {Zone.Id}";

    private static string? UrlOf(GatewayOptions options) => options.PublicUrl?.TrimEnd('/');
}
