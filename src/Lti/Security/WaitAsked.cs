using System.Globalization;
using System.Net.Http.Headers;

namespace Lti.Security;

/// <summary>
/// The wait that an answer asks for: <c>Retry-After</c> in seconds or as a date (RFC 9110 10.2.3), or, seen in the field, as seconds or
/// milliseconds since 1970. Never longer than <see cref="Longest"/>, whatever it says; null when it says nothing that can be read.
/// </summary>
internal static class WaitAsked
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    // No platform asks for a wait of a year: a number of that size is a time.
    private const double Year = 365 * 86400d;

    public static TimeSpan? Of(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (headers.RetryAfter is { Date: { } date }) return Bounded((date - now).TotalSeconds);
        if (headers.RetryAfter is { Delta: { } delta }) return Bounded(FromNumber(delta.TotalSeconds, now));
        // Fractions and numbers beyond 32 bits are no Retry-After to the framework.
        return headers.NonValidated.TryGetValues("Retry-After", out var values)
            && double.TryParse(values.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds)
            ? Bounded(FromNumber(seconds, now))
            : null;
    }

    private static double FromNumber(double number, DateTimeOffset now)
    {
        if (number <= Year) return number;
        var ahead = (number > 100 * Year ? number / 1000 : number) - now.ToUnixTimeSeconds();
        // A number that is no time of these days either is as absurd as it looks.
        return Math.Abs(ahead) < 7 * 86400d ? ahead : number;
    }

    private static TimeSpan Bounded(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Longest.TotalSeconds));
}
