using System.Net;
using Samples.Demo;

namespace Gateway.Stage;

/// <summary>A launch that needs only to be sent: the form that the LMS made, and the cookie that the gateway gave at login.</summary>
internal sealed record PreparedLaunch(Uri Action, string IdToken, string State, string Cookie);

/// <summary>Somebody at the LMS who takes a launch step by step, so that each step can be bent.</summary>
internal sealed class Visitor(TestStage stage) : IDisposable
{
    // Without traces of its own: those of this process are the gateway's.
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null });
    /// <summary>The session at the LMS.</summary>
    public string LmsCookie { get; private set; } = "";

    /// <summary>What the gateway answered.</summary>
    public List<Answer> FromGateway { get; } = [];

    public static async Task<Visitor> SignInAsync(TestStage stage, string login)
    {
        var visitor = new Visitor(stage);
        var answer = await visitor.PostAsync($"{stage.LmsUrl}/signin", new() { ["person"] = login, ["password"] = stage.LmsOptions.Password });
        visitor.LmsCookie = CookieOf(answer);
        return answer.Status == HttpStatusCode.Redirect ? visitor : throw new InvalidOperationException($"{login} cannot sign in to the LMS.");
    }

    /// <summary>Clicks the link: the LMS's form with the login initiation, not sent yet.</summary>
    public async Task<(Uri Action, Dictionary<string, string> Fields)> ClickAsync() =>
        Browser.FormOf((await GetAsync($"{stage.LmsUrl}/launch/link-fractions", LmsCookie)).Page);

    /// <summary>From the click to the LMS's form with the id_token, not sent yet.</summary>
    public async Task<PreparedLaunch> PrepareAsync() => await PrepareAsync((await ClickAsync()).Fields);

    /// <summary>The same with a login initiation of one's own.</summary>
    public async Task<PreparedLaunch> PrepareAsync(Dictionary<string, string> fields)
    {
        var login = await PostAsync($"{stage.GatewayUrl}/lti/login", fields);
        var authorized = await GetAsync(login.Onward!.AbsoluteUri, LmsCookie);
        var (launch, form) = Browser.FormOf(authorized.Page);
        return new(launch, form["id_token"], form["state"], CookieOf(login));
    }

    public Task<Answer> SendAsync(PreparedLaunch launch) =>
        PostAsync(launch.Action.AbsoluteUri, new() { ["id_token"] = launch.IdToken, ["state"] = launch.State }, launch.Cookie);

    public async Task<Answer> PostAsync(string address, Dictionary<string, string> form, string cookie = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        // A server that refuses a large body says so before it is sent.
        request.Headers.ExpectContinue = true;
        return await SendAsync(request, cookie);
    }

    public async Task<Answer> GetAsync(string address, string cookie = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await SendAsync(request, cookie);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request, string cookie = "")
    {
        if (cookie.Length > 0)
            request.Headers.Add("Cookie", cookie);
        var answer = await Answer.ReadAsync(await http.SendAsync(request));
        if (answer.Onward is { } onward && answer.KeptCookies.Length > 0)
            stage.KeptCookies[onward.OriginalString] = answer.KeptCookies;
        if (answer.Address.AbsoluteUri.StartsWith(stage.GatewayUrl, StringComparison.Ordinal))
            lock (FromGateway)
                FromGateway.Add(answer);
        return answer;
    }

    public void Dispose() => http.Dispose();

    private static string CookieOf(Answer answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? string.Join("; ", cookies.Select(c => c.Split(';')[0])) : "";
}
