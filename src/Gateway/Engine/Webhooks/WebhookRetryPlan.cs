using System.Security.Cryptography;

namespace Gateway.Engine.Webhooks;

/// <summary>
/// When to try again: after 5 s, 30 s, 2, 5, 15, 30 minutes, 1, 2, 4 and then every 6 hours, spread by a tenth and at most six minutes, at
/// least as late as the receiver asks. The last try is 24 hours after the event was made or made due anew.
/// </summary>
internal static class WebhookRetryPlan
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TriedFor = TimeSpan.FromHours(24);

    // A receiver that asks for more is not obeyed: it would miss the day.
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(6);

    private static readonly TimeSpan LongestSpread = TimeSpan.FromHours(1);

    private static readonly TimeSpan[] Waits =
    [
        First, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(6),
    ];

    public static WebhookOutcome After(HeldEvent held, string code, int? status, TimeSpan? retryAfter, DateTimeOffset now)
    {
        var last = held.OfferedAt + TriedFor;
        if (now >= last)
            return WebhookOutcome.Dead(code, status);
        var planned = Waits[Math.Min(held.Attempts, Waits.Length) - 1];
        var asked = retryAfter > LongestAsked ? LongestAsked : retryAfter;
        var wait = asked > planned ? asked.Value : planned;
        var next = now + wait < last ? now + wait : last;
        var spread = wait < LongestSpread ? wait : LongestSpread;
        return WebhookOutcome.Later(code, status, next + spread * (RandomNumberGenerator.GetInt32(100) / 1000.0));
    }
}
