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
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> create, RequestSite site, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var response = await TrySendAsync(create, cancellationToken);
            if (response is not null && !IsPassing(response.StatusCode))
                return response;

            int? status = (int?)response?.StatusCode;
            var asked = AskedWait(response);
            response?.Dispose();
            if (attempt >= options.Attempts || asked > options.LongestWait)
                throw status is null
                    ? site.Fail(RosterFailures.ConnectionLost, "the server could not be reached")
                    : site.Fail(RosterFailures.Unavailable, asked > options.LongestWait ? "the server asks for too long a wait" : "the server stays unavailable", status);
            await WaitAsync(attempt, asked, site, status, cancellationToken);
        }
    }

    /// <summary>Waits before the attempt that follows <paramref name="attempt"/>.</summary>
    public async Task WaitAsync(int attempt, TimeSpan? asked, RequestSite site, int? status, CancellationToken cancellationToken)
    {
        var wait = asked ?? Backoff(attempt);
        Log.Waiting(logger, site.Collection, wait, attempt + 1, status ?? 0);
        await Task.Delay(wait, time, cancellationToken);
    }

    private async Task<HttpResponseMessage?> TrySendAsync(Func<HttpRequestMessage> create, CancellationToken cancellationToken)
    {
        using var request = create();
        request.Headers.UserAgent.ParseAdd(options.UserAgent);
        request.Headers.Accept.ParseAdd("application/json");
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The client's own timeout.
            return null;
        }
    }

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
