using System.Threading.RateLimiting;

namespace Gateway.Hosting.Limits;

/// <summary>The token buckets of the limits: each gives its rate a minute and holds what two and a half minutes give.</summary>
internal static class Buckets
{
    private const int PeriodsPerMinute = 6;

    public static TokenBucketRateLimiterOptions Of(int perMinute) => new()
    {
        TokenLimit = Math.Max(1, perMinute * 5 / 2),
        // Whole tokens only: at fewer than six a minute one comes less often than every ten seconds.
        TokensPerPeriod = Math.Max(1, perMinute / PeriodsPerMinute),
        ReplenishmentPeriod = TimeSpan.FromMinutes(1) / Math.Min(perMinute, PeriodsPerMinute),
        QueueLimit = 0,
        AutoReplenishment = true,
    };
}
