using Gateway.Hosting;
using Lti.Launches;

namespace Gateway.Launches;

/// <summary>
/// The answer to a login in a frame, or where the platform offers its storage (L-1.4): its script goes on to the platform as soon as this
/// browser keeps a cookie or the platform keeps the binding; else, and where no script runs, there is a link to a tab of its own.
/// </summary>
internal static class OpeningPage
{
    public const string Title = OnwardPage.Title;

    // Servers and proxies take request lines of 8 KB.
    private const int LongestLink = 7500;

    public static IResult For(PathString own, LoginRequest request, LoginRedirect redirect) => new ScriptedPage(Title, LaunchScript.Address,
        $"""
        <div id="lti-launch" data-step="login" data-platform="{Page.Text(redirect.PlatformOrigin)}" data-authorize="{Page.Text(redirect.Location)}"{Storage(redirect)}>
        <h1>{Title}</h1>
        <p role="status" data-working="One moment." data-offer="Your browser does not let the activity open inside this page." data-opened="The activity opens in a new tab. To open it once more, go back to your course and click its link again.">One moment.</p>
        <div class="offer">
        {Offer(AddressInNewTab(own, request))}
        </div>
        </div>
        """);

    // The value is for the platform's storage alone: without one it stays in its cookie, where no script reads it.
    private static string Storage(LoginRedirect redirect) => redirect.StorageTarget is { } target
        ? $" data-storage=\"{Page.Text(target)}\" data-key=\"{Page.Text(redirect.BindingName)}\" data-value=\"{Page.Text(redirect.BindingValue)}\""
        : "";

    private static string Offer(string address) => address.Length <= LongestLink
        ? $"""
          <p>You can open it in a tab of its own.</p>
          <p><a class="button" data-new-tab data-testid="new-tab" href="{Page.Text(address)}" target="_blank" rel="noopener noreferrer">Open in a new tab</a></p>
          """
        : "<p>Go back to your course and open the activity's link in a new tab: press and hold it, or click it with the right mouse button.</p>";

    // The same login again, at the top of a tab: there a cookie is kept, and no storage is needed.
    private static string AddressInNewTab(PathString own, LoginRequest request)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["iss"] = request.Issuer,
            ["login_hint"] = request.LoginHint,
            ["target_link_uri"] = request.TargetLinkUri,
            ["client_id"] = request.ClientId,
            ["lti_deployment_id"] = request.DeploymentId,
            ["lti_message_hint"] = request.MessageHint,
        };
        return own.Add(LaunchesFeature.LoginPath) + QueryString.Create(parameters.Where(one => one.Value is not null));
    }
}
