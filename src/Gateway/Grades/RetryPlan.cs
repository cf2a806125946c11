using System.Security.Cryptography;

namespace Gateway.Grades;

/// <summary>
/// When to try again: at least as late as the platform asks, doubling from a second to an hour, spread by a quarter, never more than six
/// hours from now, and a last time when the week is over.
/// </summary>
internal static class RetryPlan
{
    public static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(6);

    // All scores of a platform that throttles rest meanwhile: the first one that may go again finds out early whether the others may.
    private static readonly TimeSpan LongestThrottled = TimeSpan.FromMinutes(5);

    public static DeliveryOutcome After(HeldScore score, string code, TimeSpan? retryAfter, DateTimeOffset now)
    {
        var end = score.OfferedAt + Week;
        if (now >= end)
            return DeliveryOutcome.Parked(code);
        var doubled = TimeSpan.FromTicks(Math.Min(LongestOf(code).Ticks, First.Ticks << Math.Min(score.Attempts - 1, 20)));
        var wait = retryAfter > doubled ? retryAfter.Value : doubled;
        var spread = wait + wait * (RandomNumberGenerator.GetInt32(250) / 1000.0);
        var next = now + (spread < LongestAsked ? spread : LongestAsked);
        return DeliveryOutcome.Later(code, next < end ? next : end);
    }

    private static TimeSpan LongestOf(string code) => code.EndsWith("_throttled", StringComparison.Ordinal) ? LongestThrottled : Longest;
}
