using System.Net;
using System.Threading.RateLimiting;
using Gateway.Hosting.Limits;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>
/// Limits by the caller's address, with ASP.NET Core's limiter: the endpoint names its policy, and says how a refusal looks where it is not
/// a problem in JSON (docs/adr/0049).
/// </summary>
internal static class RateLimits
{
    /// <summary>Logins, launches, sign-ins, tokens: a bucket for each of these addresses.</summary>
    public const string Launches = "launches";

    public const string Registrations = "registrations";

    public const string PublicPages = "public pages";

    private static readonly Failure TooMany = new("web.too_many_requests", "Too many requests came from this address: ask again a little later.");

    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddSingleton<ClientAddress>().AddSingleton<TokenFailures>().AddSingleton<RefusalPause>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<ClientAddress, IOptions<GatewayOptions>>((limiter, addresses, gateway) =>
        {
            var limits = gateway.Value.RateLimits;
            Add(Launches, limits.LaunchesPerAddress);
            Add(Registrations, limits.RegistrationsPerAddress);
            Add(PublicPages, limits.PublicPagesPerAddress);
            limiter.OnRejected = (context, cancellation) => new(RefuseAsync(context.HttpContext, cancellation));

            void Add(string policy, int perMinute)
            {
                var bucket = Buckets.Of(perMinute);
                // What comes from this machine is a proxy that was not named, behind which is everybody, or a measurement: neither is one caller.
                limiter.AddPolicy(policy, http => policy == Launches && http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
                    ? RateLimitPartition.GetNoLimiter((0, (string?)null))
                    : RateLimitPartition.GetTokenBucketLimiter((addresses.BucketOf(http), policy == Launches ? (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText : null), _ => bucket));
            }
        });
        return services;
    }

    /// <summary>The limit of an endpoint; <paramref name="refusal"/> is what it answers instead.</summary>
    public static TBuilder Limited<TBuilder>(this TBuilder endpoint, string policy, Func<HttpContext, IResult>? refusal = null)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.RequireRateLimiting(policy);
        return refusal is null ? endpoint : endpoint.WithMetadata(new LimitRefusal(refusal));
    }

    /// <summary>Says when to come back: ten seconds give a bucket something.</summary>
    public static void SetRetryAfter(HttpResponse response) => response.Headers.RetryAfter = "10";

    internal static async Task RefuseAsync(HttpContext http, CancellationToken cancellation)
    {
        http.RequestServices.GetRequiredService<GatewayMetrics>().Limited();
        SetRetryAfter(http.Response);
        // A caller that asks again as soon as it is answered waits with us: a refusal is to cost less than what it refuses.
        await http.RequestServices.GetRequiredService<RefusalPause>().WaitAsync(cancellation);
        var refusal = http.GetEndpoint()?.Metadata.GetMetadata<LimitRefusal>();
        await (refusal?.Make(http) ?? Problems.Of([TooMany], StatusCodes.Status429TooManyRequests)).ExecuteAsync(http);
    }

    private sealed record LimitRefusal(Func<HttpContext, IResult> Make);
}
