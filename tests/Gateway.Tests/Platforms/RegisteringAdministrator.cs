using System.Net;
using System.Text.RegularExpressions;
using Gateway.Platforms;
using Gateway.Stage;
using Microsoft.Extensions.DependencyInjection;
using Samples.Demo;
using Samples.Lms.Registration;

namespace Gateway.Tests.Platforms;

/// <summary>An administrator of the sample LMS who registers the gateway there with an invitation, step by step.</summary>
internal sealed partial class RegisteringAdministrator(TestStage stage) : IDisposable
{
    private readonly Visitor browser = new(stage);

    public string Invite(int hours = 1) => stage.Services.GetRequiredService<Invitations>().Issue(stage.District.Id, hours).Value.Url;

    /// <summary>The LMS opens the link with its two parameters.</summary>
    public Task<Answer> OpenAsync(string link, string? configuration = null, string? token = null) => browser.GetAsync(
        $"{link}&openid_configuration={Uri.EscapeDataString(configuration ?? stage.LmsUrl + "/openid-configuration")}"
        + $"&registration_token={Uri.EscapeDataString(token ?? stage.Lms.Services.GetRequiredService<RegistrationTokens>().Issue())}");

    public Task<Answer> OpenPlainAsync(string link) => browser.GetAsync(link);

    /// <summary>Presses the button of the page.</summary>
    public Task<Answer> PressAsync(Answer page)
    {
        var (action, fields) = Browser.FormOf(page.Page);
        return browser.PostAsync(action.AbsoluteUri, fields);
    }

    public async Task<Answer> RegisterAsync(string link)
    {
        var offer = await OpenAsync(link);
        Assert.Equal(HttpStatusCode.OK, offer.Status);
        return await PressAsync(offer);
    }

    public Task<Answer> PostAsync(Dictionary<string, string> form) => browser.PostAsync($"{stage.GatewayUrl}/lti/register", form);

    public static int IdOn(Answer done) => int.Parse(RegistrationId().Match(done.Body).Groups["id"].Value, System.Globalization.CultureInfo.InvariantCulture);

    public void Dispose() => browser.Dispose();

    [GeneratedRegex("data-testid=\"registration\">(?<id>[0-9]+)<")]
    private static partial Regex RegistrationId();
}
