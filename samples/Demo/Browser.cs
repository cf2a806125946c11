using System.Net;
using System.Text.RegularExpressions;

namespace Samples.Demo;

/// <summary>A page as a browser would have it.</summary>
public sealed record BrowserPage(Uri Address, HttpStatusCode Status, string Html);

/// <summary>
/// As much of a browser as a launch needs, over real HTTP: cookies by host and port, redirects, forms that send themselves. It
/// trusts loopback like browsers do: cookies marked Secure are kept over http there.
/// </summary>
public sealed partial class Browser : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly Dictionary<(string Authority, string Name), string> cookies = [];

    /// <summary>The page it shows.</summary>
    public BrowserPage? Page { get; private set; }

    /// <summary>Every address that was visited, in order.</summary>
    public List<Uri> Visited { get; } = [];

    /// <summary>Opens an address and follows where it leads.</summary>
    public Task<BrowserPage> OpenAsync(string address, CancellationToken cancellation) =>
        GoAsync(HttpMethod.Get, new Uri(address), null, cancellation);

    /// <summary>Sends a form.</summary>
    public Task<BrowserPage> SendAsync(Uri action, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken cancellation) =>
        GoAsync(HttpMethod.Post, action, [.. fields], cancellation);

    /// <summary>The first form of a page, with what is in its hidden fields.</summary>
    public static (Uri Action, Dictionary<string, string> Fields) FormOf(BrowserPage page)
    {
        var form = Form().Match(page.Html);
        if (!form.Success)
            throw new DemoFailedException($"{page.Address.GetLeftPart(UriPartial.Path)} answered {(int)page.Status} without a form: {Heading(page)}");
        var action = Attribute(form.Groups["tag"].Value, "action") ?? page.Address.AbsoluteUri;
        var fields = new Dictionary<string, string>();
        foreach (Match input in Input().Matches(form.Groups["body"].Value))
            if (Attribute(input.Value, "type") == "hidden" && Attribute(input.Value, "name") is { } name)
                fields[name] = Attribute(input.Value, "value") ?? "";
        return (new Uri(page.Address, action), fields);
    }

    /// <summary>The text of the element with this <c>data-testid</c>, or null.</summary>
    public static string? TextOf(BrowserPage page, string testId)
    {
        var match = Regex.Match(page.Html, $"data-testid=\"{Regex.Escape(testId)}\"[^>]*>(?<text>[^<]*)<");
        return match.Success ? WebUtility.HtmlDecode(match.Groups["text"].Value).Trim() : null;
    }

    /// <summary>The value of the input with this id.</summary>
    public static string ValueOf(BrowserPage page, string id)
    {
        foreach (Match input in Input().Matches(page.Html))
            if (Attribute(input.Value, "id") == id)
                return Attribute(input.Value, "value") ?? "";
        throw new DemoFailedException($"{page.Address.GetLeftPart(UriPartial.Path)} has no input {id}.");
    }

    /// <summary>The page from the place on where this text stands.</summary>
    public static BrowserPage Part(BrowserPage page, string from)
    {
        var start = page.Html.IndexOf(from, StringComparison.Ordinal);
        return page with { Html = start < 0 ? "" : page.Html[start..] };
    }

    /// <summary>Keeps cookies (<c>name=value; name=value</c>) that the address gave to another client of the same person.</summary>
    public void Keep(Uri address, string given)
    {
        foreach (var pair in given.Split("; ", StringSplitOptions.RemoveEmptyEntries))
            cookies[(address.Authority, pair.Split('=', 2)[0])] = pair.Split('=', 2)[1];
    }

    /// <summary>The page's main heading.</summary>
    public static string Heading(BrowserPage page) => WebUtility.HtmlDecode(H1().Match(page.Html).Groups[1].Value).Trim();

    public void Dispose() => http.Dispose();

    private async Task<BrowserPage> GoAsync(HttpMethod method, Uri address, List<KeyValuePair<string, string>>? fields, CancellationToken cancellation)
    {
        for (var hop = 0; hop < 20; hop++)
        {
            Visited.Add(address);
            using var request = new HttpRequestMessage(method, address) { Content = fields is null ? null : new FormUrlEncodedContent(fields) };
            var sent = cookies.Where(c => c.Key.Authority == address.Authority).Select(c => $"{c.Key.Name}={c.Value}").ToList();
            if (sent.Count > 0)
                request.Headers.Add("Cookie", string.Join("; ", sent));
            using var response = await http.SendAsync(request, cancellation);
            Keep(address, response);
            if (response.Headers.Location is { } location && (int)response.StatusCode is 301 or 302 or 303)
            {
                (method, address, fields) = (HttpMethod.Get, new Uri(address, location), null);
                continue;
            }

            Page = new BrowserPage(address, response.StatusCode, await response.Content.ReadAsStringAsync(cancellation));
            if (!SendsItself(Page))
                return Page;
            var (action, hidden) = FormOf(Page);
            (method, address, fields) = (HttpMethod.Post, action, [.. hidden]);
        }

        throw new DemoFailedException("The launch goes round in circles.");
    }

    // A form that a script of the page sends: it has nothing for a person to fill in.
    private static bool SendsItself(BrowserPage page) =>
        page.Html.Contains("name=\"id_token\"", StringComparison.Ordinal) || page.Html.Contains("name=\"lti_message_hint\"", StringComparison.Ordinal);

    private void Keep(Uri address, HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var given))
            return;
        foreach (var cookie in given)
        {
            var pair = cookie.Split(';', 2);
            var (name, value) = (pair[0].Split('=', 2)[0].Trim(), pair[0].Split('=', 2)[1].Trim());
            if (value.Length == 0 || cookie.Contains("max-age=0", StringComparison.OrdinalIgnoreCase))
                cookies.Remove((address.Authority, name));
            else
                cookies[(address.Authority, name)] = value;
        }
    }

    private static string? Attribute(string tag, string name)
    {
        var match = Regex.Match(tag, $"\\b{name}=\"(?<value>[^\"]*)\"");
        return match.Success ? WebUtility.HtmlDecode(match.Groups["value"].Value) : null;
    }

    [GeneratedRegex("(?<tag><form[^>]*>)(?<body>.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex("<h1[^>]*>([^<]*)</h1>")]
    private static partial Regex H1();
}
