using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Samples.Demo;

namespace Gateway.Stage;

/// <summary>What a server answered, read to its end.</summary>
internal sealed record Answer(Uri Address, HttpStatusCode Status, HttpResponseHeaders Headers, string Body)
{
    public Uri? Location => Headers.Location;

    /// <summary>Where a browser goes on to by itself: a redirect's address, or that of a page that leads on.</summary>
    public Uri? Onward => Location
        ?? (Regex.Match(Body, "<meta http-equiv=\"refresh\" content=\"0; url=(?<url>[^\"]*)\">") is { Success: true } match ? new(WebUtility.HtmlDecode(match.Groups["url"].Value)) : null);

    /// <summary>The cookies that a browser keeps of this answer, as it sends them.</summary>
    public string KeptCookies => Headers.TryGetValues("Set-Cookie", out var given)
        ? string.Join("; ", given.Where(cookie => !cookie.Contains("max-age=0", StringComparison.OrdinalIgnoreCase)).Select(cookie => cookie.Split(';')[0]))
        : "";

    /// <summary>The stable code on a page of the gateway.</summary>
    public string? PageCode => Browser.TextOf(Page, "code");

    public BrowserPage Page => new(Address, Status, Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The stable code of a problem document.</summary>
    public string? ProblemCode => Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
            return new(response.RequestMessage!.RequestUri!, response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync());
    }
}
