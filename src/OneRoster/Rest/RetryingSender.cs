using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using OneRoster.Model;
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
        for (var number = 1; ; number++)
        {
            var attempt = await SendOnceAsync(create, cancellationToken);
            if (attempt is { Response: { } response, IsPassing: false })
                return response;
            attempt.Response?.Dispose();
            if (attempt.MayBeTooHeavy && lighten?.Invoke() == true)
                number = 0;
            await WaitAfterAsync(attempt, number, site, cancellationToken);
        }
    }

    /// <summary>Sends a request once.</summary>
    public async Task<Attempt> SendOnceAsync(Func<CancellationToken, ValueTask<HttpRequestMessage>> create, CancellationToken cancellationToken)
    {
        using var request = await create(cancellationToken);
        request.Headers.UserAgent.ParseAdd(options.UserAgent);
        request.Headers.Accept.ParseAdd("application/json");
        try
        {
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return new Attempt(response, null, AskedWait(response));
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Attempt(null, ConnectionTrouble.Of(failure), null);
        }
    }

    /// <summary>Waits after an attempt that came to nothing, or gives up: when it was the last one, or waiting changes nothing.</summary>
    /// <param name="attempt">What came of it.</param>
    /// <param name="number">Which one it was, from 1; 0 for one that was lightened and does not count.</param>
    /// <param name="site">What it was for.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task WaitAfterAsync(Attempt attempt, int number, RequestSite site, CancellationToken cancellationToken)
    {
        var waitTooLong = attempt.AskedWait > options.LongestWait;
        if (number >= options.Attempts || waitTooLong || !attempt.IsPassing)
            throw Failure(site, attempt, waitTooLong);
        await WaitAsync(Math.Max(1, number), attempt.AskedWait, site, (int?)attempt.Status, cancellationToken);
    }

    /// <summary>Waits before the attempt that follows <paramref name="attempt"/>.</summary>
    public async Task WaitAsync(int attempt, TimeSpan? asked, RequestSite site, int? status, CancellationToken cancellationToken)
    {
        var wait = asked ?? Backoff(attempt);
        Log.Waiting(logger, site.Collection, wait, attempt + 1, status ?? 0);
        await Task.Delay(wait, time, cancellationToken);
    }

    private static RosterSourceException Failure(RequestSite site, Attempt attempt, bool waitTooLong) => attempt switch
    {
        { Trouble: { } trouble } => site.Fail(trouble.Code, trouble.Reason),
        _ when waitTooLong => site.Fail(RosterFailures.Unavailable, "the server asks for too long a wait; try again later, or ask its operator for a higher limit", (int?)attempt.Status),
        _ => site.Fail(RosterFailures.Unavailable, "the server stays unavailable; try again later", (int?)attempt.Status),
    };

    /// <summary>RFC 9110 10.2.3: seconds, or a date.</summary>
    private TimeSpan? AskedWait(HttpResponseMessage response)
    {
        var wait = response.Headers.RetryAfter switch
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
