using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Samples.Demo;

/// <summary>One launch as it went.</summary>
internal sealed record LaunchSeen(double Milliseconds, IReadOnlyList<string> ClaimNames, string LearnerId, string Role);

/// <summary>A score as the LMS's gradebook holds it.</summary>
internal sealed record ScoreSeen(string InTheEngine, string InTheGradebook);

/// <summary>A student's way: sign in to the LMS, click the link, answer the questions; then the teacher's look at the gradebook.</summary>
internal sealed class Walk(DemoSettings settings) : IDisposable
{
    private const string Student = "student-1";
    private const string Password = "made-up";
    private readonly Browser student = new();

    public async Task<LaunchSeen> LaunchAsync(CancellationToken cancellation)
    {
        await SignInAsync(student, Student, cancellation);
        var clicked = TimeProvider.System.GetUtcNow();
        var page = await student.OpenAsync($"{settings.Lms}/launch/link-fractions", cancellation);
        if (page.Status != HttpStatusCode.OK || Browser.TextOf(page, "learner-id") is not { } learner)
            throw new DemoFailedException($"The launch ended at {page.Address.GetLeftPart(UriPartial.Path)} ({(int)page.Status}): {Browser.Heading(page)} {Browser.TextOf(page, "code")}");

        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Control-Key", settings.ControlKey);
        var last = JsonDocument.Parse(await http.GetStringAsync($"{settings.Engine}/last-launch", cancellation)).RootElement;
        var received = last.GetProperty("receivedAt").GetDateTimeOffset();
        return new(
            (received - clicked).TotalMilliseconds,
            [.. last.GetProperty("claimNames").EnumerateArray().Select(n => n.GetString()!)],
            learner,
            Browser.TextOf(page, "role") ?? "");
    }

    public async Task<ScoreSeen> AnswerAsync(CancellationToken cancellation)
    {
        var (action, fields) = Browser.FormOf(student.Page!);
        foreach (var (name, option) in new[] { ("q1", 2), ("q2", 1), ("q3", 1) })
            fields[name] = Browser.ValueOf(student.Page!, $"{name}-{option.ToString(CultureInfo.InvariantCulture)}");
        var result = await student.SendAsync(action, fields, cancellation);
        await WaitForDeliveryAsync(result, cancellation);

        using var teacher = new Browser();
        await SignInAsync(teacher, "teacher", cancellation);
        var gradebook = await teacher.OpenAsync($"{settings.Lms}/gradebook", cancellation);
        return new(Browser.TextOf(result, "score") ?? "", Browser.TextOf(Browser.Part(gradebook, $"data-login=\"{Student}\""), "score") ?? "");
    }

    public void Dispose() => student.Dispose();

    private async Task WaitForDeliveryAsync(BrowserPage result, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        for (var page = result; !page.Html.Contains("data-state=\"delivered\"", StringComparison.Ordinal);)
        {
            if (page.Html.Contains("data-state=\"parked\"", StringComparison.Ordinal))
                throw new DemoFailedException("The score was parked: the gateway's log has the code.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
            page = await student.OpenAsync(result.Address.AbsoluteUri, patience.Token);
        }
    }

    private async Task SignInAsync(Browser browser, string person, CancellationToken cancellation)
    {
        await browser.OpenAsync($"{settings.Lms}/", cancellation);
        var page = await browser.SendAsync(
            new Uri($"{settings.Lms}/signin"), new Dictionary<string, string> { ["person"] = person, ["password"] = Password }, cancellation);
        if (Browser.TextOf(page, "signed-in-as") is null)
            throw new DemoFailedException($"Signing in to the LMS as {person} did not work: {Browser.Heading(page)}");
    }
}
