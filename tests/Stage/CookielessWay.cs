using System.Net;
using System.Text.RegularExpressions;
using Samples.Demo;

namespace Gateway.Stage;

/// <summary>A launch without cookies over HTTP, a request at a time: what the script of the gateway's pages would do, done by hand.</summary>
internal sealed class CookielessWay(TestStage stage, Visitor visitor)
{
    public string LaunchUrl => $"{stage.GatewayUrl}/lti/launch";

    public static string? DataOf(Answer page, string name) =>
        Regex.Match(page.Body, $"data-{name}=\"(?<value>[^\"]*)\"") is { Success: true } match ? WebUtility.HtmlDecode(match.Groups["value"].Value) : null;

    public static string? NewTabOf(Answer page) =>
        Regex.Match(page.Body, "<a [^>]*data-new-tab[^>]* href=\"(?<value>[^\"]*)\"") is { Success: true } match ? WebUtility.HtmlDecode(match.Groups["value"].Value) : null;

    /// <summary>The login as the LMS's form sends it, with parameters and headers of one's own.</summary>
    public async Task<Answer> LoginAsync(Dictionary<string, string>? parameters = null, string? fetchDestination = null)
    {
        var (action, fields) = await visitor.ClickAsync();
        foreach (var (name, value) in parameters ?? [])
            fields[name] = value;
        return await PostAsync(action.AbsoluteUri, fields, new() { ["Sec-Fetch-Dest"] = fetchDestination });
    }

    /// <summary>From the login's page to the LMS's form with the id_token; no cookie is kept.</summary>
    public async Task<PreparedLaunch> PrepareAsync(Answer login)
    {
        var keeper = await visitor.GetAsync(DataOf(login, "authorize")!, visitor.LmsCookie);
        var (action, form) = Browser.FormOf(keeper.Page);
        return new(action, form["id_token"], form["state"], "");
    }

    public async Task<(Answer Login, PreparedLaunch Launch)> PrepareAsync(string? storage = "_parent")
    {
        var login = storage is null ? await LoginAsync(fetchDestination: "iframe") : await LoginAsync(new() { ["lti_storage_target"] = storage });
        return (login, await PrepareAsync(login));
    }

    /// <summary>Posts a launch as a page of the given site would.</summary>
    public Task<Answer> SendAsync(PreparedLaunch launch, string? binding = null, string? fetchSite = "cross-site", string? origin = null)
    {
        var form = new Dictionary<string, string> { ["id_token"] = launch.IdToken, ["state"] = launch.State };
        if (binding is not null)
            form["binding"] = binding;
        return PostAsync(LaunchUrl, form, new() { ["Sec-Fetch-Site"] = fetchSite, ["Origin"] = origin }, launch.Cookie);
    }

    private async Task<Answer> PostAsync(string address, Dictionary<string, string> form, Dictionary<string, string?> headers, string cookie = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        foreach (var (name, value) in headers)
            if (value is not null)
                request.Headers.Add(name, value);
        return await visitor.SendAsync(request, cookie);
    }
}
