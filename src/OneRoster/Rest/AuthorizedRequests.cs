using System.Net;
using Microsoft.Extensions.Logging;

namespace OneRoster.Rest;

/// <summary>
/// Asks the server for something, showing who asks: once more when that is refused, and at another path of the same origin when the
/// server sends the client there. A path that was found so is asked at once from then on.
/// </summary>
internal sealed class AuthorizedRequests(RetryingSender sender, IRequestAuthorization authorization, ServerHabits habits, ILogger logger)
{
    private const int MostRedirects = 5;
    private bool accepted;

    /// <param name="url">The address, asked anew for each attempt.</param>
    /// <param name="site">What it is for.</param>
    /// <param name="cancellationToken">Stops the waiting too.</param>
    /// <param name="lighten">As <see cref="RetryingSender.SendAsync"/> has it.</param>
    /// <returns>The answer, whatever its status, but no redirect.</returns>
    public async Task<HttpResponseMessage> GetAsync(Func<Uri> url, RequestSite site, CancellationToken cancellationToken, Func<bool>? lighten = null)
    {
        for (var renewed = false; ; renewed = true)
        {
            var response = await FollowAsync(url, site, cancellationToken, lighten);
            if (!IsRefused(response.StatusCode))
            {
                accepted |= response.IsSuccessStatusCode;
                return response;
            }

            if (renewed || !authorization.Renew())
                return response;
            response.Dispose();
            accepted = false;
            Log.TokenRenewed(logger);
        }
    }

    /// <summary>Asks once: no retry, no renewal, no other path.</summary>
    public Task<Attempt> TryGetAsync(Uri url, CancellationToken cancellationToken) => sender.SendOnceAsync(token => CreateAsync(Moved(url), token), cancellationToken);

    /// <summary>403 is said to a token that has expired, too: to one that was good before.</summary>
    private bool IsRefused(HttpStatusCode status) => status == HttpStatusCode.Unauthorized || (status == HttpStatusCode.Forbidden && accepted);

    private async Task<HttpResponseMessage> FollowAsync(Func<Uri> url, RequestSite site, CancellationToken cancellationToken, Func<bool>? lighten)
    {
        Uri? elsewhere = null;
        for (var hops = 0; ; hops++)
        {
            Uri asked = null!;
            var response = await sender.SendAsync(token => CreateAsync(asked = elsewhere ?? Moved(url()), token), site, cancellationToken, lighten);
            if (!ServerComplaint.IsRedirect(response.StatusCode))
                return response;
            var (status, target) = (response.StatusCode, Redirect.TargetOf(response, asked));
            response.Dispose();
            if (target is null || !Origin.IsSame(target, asked) || hops == MostRedirects)
                throw Redirect.Refuse(site, status, target, inCircle: target is not null && Origin.IsSame(target, asked));
            elsewhere = Learn(asked, target) ? null : target;
        }
    }

    /// <summary>Remembers where a path leads, if the query is the same there or dropped on the way. Whether it did.</summary>
    private bool Learn(Uri asked, Uri target)
    {
        if ((target.Query.Length > 0 && target.Query != asked.Query) || target.AbsolutePath == asked.AbsolutePath)
            return false;
        foreach (var (from, to) in habits.MovedPaths.ToList())
            if (to == asked.AbsolutePath)
                habits.MovedPaths[from] = target.AbsolutePath;
        habits.MovedPaths[asked.AbsolutePath] = target.AbsolutePath;
        return true;
    }

    private Uri Moved(Uri url) =>
        habits.MovedPaths.TryGetValue(url.AbsolutePath, out var path) ? new Uri(url.GetLeftPart(UriPartial.Authority) + path + url.Query) : url;

    private async ValueTask<HttpRequestMessage> CreateAsync(Uri url, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        await authorization.AuthorizeAsync(request, cancellationToken);
        return request;
    }
}
