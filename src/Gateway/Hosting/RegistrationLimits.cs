using System.Threading.RateLimiting;
using Gateway.Hosting.Limits;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>
/// Limits by the platform's registration, so that the load of one district leaves the others' launches alone. Only a known registration is
/// counted, so there are as many buckets as registrations in use. A launch is counted when it is verified: nobody but the platform can use
/// up its share.
/// </summary>
internal sealed class RegistrationLimits(IOptions<GatewayOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> logins = Limiter(options.Value.RateLimits.LaunchesPerRegistration);
    private readonly PartitionedRateLimiter<string> launches = Limiter(options.Value.RateLimits.LaunchesPerRegistration);

    /// <param name="registration">The number of a registration that is known.</param>
    public bool AllowsLogin(string registration) => Allows(logins, registration);

    /// <param name="registration">The number of the registration whose launch was verified.</param>
    public bool AllowsLaunch(string registration) => Allows(launches, registration);

    public void Dispose()
    {
        logins.Dispose();
        launches.Dispose();
    }

    private static bool Allows(PartitionedRateLimiter<string> limiter, string registration)
    {
        using var lease = limiter.AttemptAcquire(registration);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<string> Limiter(int perMinute)
    {
        var bucket = Buckets.Of(perMinute);
        return PartitionedRateLimiter.Create<string, string>(registration => RateLimitPartition.GetTokenBucketLimiter(registration, _ => bucket));
    }
}
