using System.Globalization;
using Lti.Security;

namespace Lti.Registrations;

/// <summary>
/// What is known of a platform's clock: by what signs launches and what checks assertions. A proxy in front of them may have another one,
/// so a <c>Date</c> header says nothing.
/// </summary>
internal static class ClockFinding
{
    private const string Remedy = "Set the platform's clock by NTP (on the machine that runs it, and not on a proxy in front), and the gateway's.";

    private static readonly TimeSpan Worrying = TimeSpan.FromSeconds(30);

    // Launches are refused beyond this when the platform is ahead (LtiToolOptions.ClockLeeway), assertions when it is behind (ClientAssertion.Backdated).
    private static readonly TimeSpan Wrong = TimeSpan.FromSeconds(60);

    public static ConnectionFinding Of(AccessTokenOutcome outcome, TimeSpan? behind)
    {
        switch (outcome)
        {
            case AccessTokenDenied { Code: ClockWords.Behind }:
                return Failed($"The token endpoint says that the gateway's assertion is of the future: the platform's clock is behind by more than {Seconds(ClientAssertion.Backdated)} seconds{At(behind)}.");
            case AccessTokenDenied { Code: ClockWords.Ahead }:
                return Failed($"The token endpoint says that the gateway's assertion has expired: the platform's clock is ahead by more than {Seconds(ClientAssertion.Lifetime - ClientAssertion.Backdated)} seconds{At(behind)}.");
        }

        if (behind is not { } difference)
        {
            return outcome is AccessTokenGranted
                ? new("clock", ConnectionMark.Passed, "lti.check_clock", "The token endpoint takes an assertion of now. How far the clocks differ is known after the first launch.")
                : new("clock", ConnectionMark.Warning, "lti.check_clock_unknown", "No launch and no token has shown what time it is at the platform.", "Launch once, and check again.");
        }

        var facts = $"In its last launches the platform's clock was {Words(difference)}.";
        if (difference.Duration() > Wrong) return Failed(facts);
        return difference.Duration() > Worrying
            ? new("clock", ConnectionMark.Warning, "lti.check_clock_off", facts, Remedy)
            : new("clock", ConnectionMark.Passed, "lti.check_clock", facts);
    }

    private static ConnectionFinding Failed(string facts) => new("clock", ConnectionMark.Failed, "lti.check_clock_wrong", facts, Remedy);

    private static string At(TimeSpan? behind) => behind is { } difference ? $" (in its last launches it was {Words(difference)})" : "";

    private static string Words(TimeSpan behind) => behind.Duration() < TimeSpan.FromSeconds(1)
        ? "that of the gateway"
        : $"{Seconds(behind.Duration())} seconds {(behind > TimeSpan.Zero ? "behind" : "ahead of")} the gateway's";

    private static string Seconds(TimeSpan span) => Math.Round(span.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
