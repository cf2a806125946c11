using System.Threading.RateLimiting;

namespace Gateway.Hosting.Limits;

/// <summary>The token buckets of the limits: each gives its rate a minute, evenly, and holds what two and a half minutes give.</summary>
internal static class Buckets
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public static TokenBucketRateLimiterOptions Of(int perMinute) => new()
    {
        TokenLimit = Math.Max(1, perMinute * 5 / 2),
        // Whole tokens only: below sixty a minute one comes less often than each second.
        TokensPerPeriod = Math.Max(1, perMinute / 60),
        ReplenishmentPeriod = perMinute < 60 ? TimeSpan.FromMinutes(1) / perMinute : Period,
        QueueLimit = 0,
        AutoReplenishment = true,
    };
}
