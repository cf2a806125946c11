using System.Threading.RateLimiting;
using Gateway.Hosting.Limits;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>Marks the endpoint whose 401 counts as a guess.</summary>
internal sealed record CountsGuesses;

/// <summary>
/// Limits how often an address may show credentials that are not a client's: somebody who guesses secrets is refused before the next guess
/// is looked at. A code that was used already is no guess, and does not count.
/// </summary>
internal sealed class TokenFailures(ClientAddress addresses, IOptions<GatewayOptions> options) : IMiddleware, IDisposable
{
    private readonly PartitionedRateLimiter<int> failures = Limiter(options.Value.RateLimits.TokenFailuresPerAddress);

    /// <summary>Whether the request is one whose refusal counts; no other goes through here.</summary>
    public static bool Concern(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<CountsGuesses>() is not null;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var address = addresses.BucketOf(context);
        // A lease of no permits would be given for the part of a permit that has come back since.
        if (failures.GetStatistics(address) is { CurrentAvailablePermits: < 1 })
        {
            await RateLimits.RefuseAsync(context, context.RequestAborted);
            return;
        }

        // Before the answer leaves: the caller's next request may be here before this one has ended.
        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode == StatusCodes.Status401Unauthorized)
                failures.AttemptAcquire(address).Dispose();
            return Task.CompletedTask;
        });
        await next(context);
    }

    public void Dispose() => failures.Dispose();

    private static PartitionedRateLimiter<int> Limiter(int perMinute)
    {
        var bucket = Buckets.Of(perMinute);
        return PartitionedRateLimiter.Create<int, int>(address => RateLimitPartition.GetTokenBucketLimiter(address, _ => bucket));
    }
}
