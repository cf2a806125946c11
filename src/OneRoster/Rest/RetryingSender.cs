using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using OneRoster.Validation;

namespace OneRoster.Rest;

/// <summary>
/// Sends a request until it is answered by something else than "busy" or "broken": 408, 429 and 5xx wait as
/// <c>Retry-After</c> says, or exponentially longer with jitter, through the given clock and for a limited number of attempts.
/// </summary>
internal sealed class RetryingSender(HttpClient http, RestRosterSourceOptions options, TimeProvider time, ILogger logger)
{
    /// <param name="create">Makes the request of an attempt.</param>
    /// <param name="site">What it is for.</param>
    /// <param name="cancellationToken">Stops the waiting too.</param>
    /// <param name="lighten">
    /// Makes the next request a lighter one, after an attempt that may have been too heavy (a timeout, 502, 504). Whether it could: then
    /// attempts are counted anew.
    /// </param>
    public async Task<HttpResponseMessage> SendAsync(
        Func<CancellationToken, ValueTask<HttpRequestMessage>> create, RequestSite site, CancellationToken cancellationToken, Func<bool>? lighten = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (response, timedOut) = await TrySendAsync(create, cancellationToken);
            if (response is not null && !IsPassing(response.StatusCode))
                return response;

            int? status = (int?)response?.StatusCode;
            var asked = AskedWait(response);
            response?.Dispose();
            if ((timedOut || status is 502 or 504) && lighten?.Invoke() == true)
                attempt = 0;
            if (attempt >= options.Attempts || asked > options.LongestWait)
                throw Failure(site, status, timedOut, asked > options.LongestWait);
            await WaitAsync(Math.Max(1, attempt), asked, site, status, cancellationToken);
        }
    }

    /// <summary>One attempt; null when there was no answer.</summary>
    public async Task<HttpResponseMessage?> SendOnceAsync(Func<CancellationToken, ValueTask<HttpRequestMessage>> create, CancellationToken cancellationToken) =>
        (await TrySendAsync(create, cancellationToken)).Response;

    /// <summary>Waits before the attempt that follows <paramref name="attempt"/>.</summary>
    public async Task WaitAsync(int attempt, TimeSpan? asked, RequestSite site, int? status, CancellationToken cancellationToken)
    {
        var wait = asked ?? Backoff(attempt);
        Log.Waiting(logger, site.Collection, wait, attempt + 1, status ?? 0);
        await Task.Delay(wait, time, cancellationToken);
    }

    private async Task<(HttpResponseMessage? Response, bool TimedOut)> TrySendAsync(
        Func<CancellationToken, ValueTask<HttpRequestMessage>> create, CancellationToken cancellationToken)
    {
        using var request = await create(cancellationToken);
        request.Headers.UserAgent.ParseAdd(options.UserAgent);
        request.Headers.Accept.ParseAdd("application/json");
        try
        {
            return (await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken), false);
        }
        catch (HttpRequestException)
        {
            return (null, false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The client's own timeout.
            return (null, true);
        }
    }

    private static Exception Failure(RequestSite site, int? status, bool timedOut, bool waitTooLong) => status switch
    {
        null when timedOut => site.Fail(RosterFailures.ConnectionLost, "the server does not answer in time; try again later"),
        null => site.Fail(RosterFailures.ConnectionLost, "the server could not be reached; check the address, or try again later"),
        _ when waitTooLong => site.Fail(RosterFailures.Unavailable, "the server asks for too long a wait; try again later, or ask its operator for a higher limit", status),
        _ => site.Fail(RosterFailures.Unavailable, "the server stays unavailable; try again later", status),
    };

    private static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;

    /// <summary>RFC 9110 10.2.3: seconds, or a date.</summary>
    private TimeSpan? AskedWait(HttpResponseMessage? response)
    {
        var wait = response?.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>Doubles from attempt to attempt; the second half of each wait is random, so that many clients do not return at once.</summary>
    private TimeSpan Backoff(int attempt)
    {
        var full = Math.Min(options.FirstWait.TotalMilliseconds * Math.Pow(2, attempt - 1), options.LongestWait.TotalMilliseconds);
        return TimeSpan.FromMilliseconds((full / 2) + RandomNumberGenerator.GetInt32(Math.Max(1, (int)(full / 2))));
    }
}
