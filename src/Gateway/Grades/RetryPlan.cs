using System.Security.Cryptography;

namespace Gateway.Grades;

/// <summary>When to try again: at least as late as the platform asks, doubling from a second to an hour, spread by a quarter; a week long.</summary>
internal static class RetryPlan
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(7);

    public static DeliveryOutcome After(HeldScore score, string code, TimeSpan? retryAfter, DateTimeOffset now)
    {
        if (now - score.AcceptedAt > GivenUpAfter)
            return DeliveryOutcome.Parked(code);
        var doubled = TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(score.Attempts - 1, 20)));
        var wait = retryAfter > doubled ? retryAfter.Value : doubled;
        return DeliveryOutcome.Later(code, now + wait + wait * (RandomNumberGenerator.GetInt32(250) / 1000.0));
    }
}
