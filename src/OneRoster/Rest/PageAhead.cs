namespace OneRoster.Rest;

/// <summary>
/// The next page, asked for while the present one is read, so that the server works meanwhile. One page ahead at most, and only as far as
/// the first answer: what is not a plain success is forgotten and asked for again in its turn, with everything that belongs to it.
/// </summary>
internal sealed class PageAhead(PageRequests requests) : IAsyncDisposable
{
    private CancellationTokenSource? stop;
    private Task<HttpResponseMessage?>? answer;
    private Uri? url;

    /// <summary>Asks for the page at an offset.</summary>
    public async ValueTask AskAsync(long offset, CancellationToken cancellationToken)
    {
        await DisposeAsync();
        url = requests.UrlOf(offset);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        answer = requests.TryGetAsync(offset, stop.Token);
    }

    /// <returns>The answer for the page at an offset; null when another one was asked for, or it came to nothing.</returns>
    public async ValueTask<HttpResponseMessage?> TakeAsync(long offset)
    {
        if (answer is null)
            return null;
        if (requests.UrlOf(offset) != url)
        {
            await DisposeAsync();
            return null;
        }

        var taken = await answer;
        answer = null;
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        if (answer is { } pending)
        {
            await stop!.CancelAsync();
            (await pending)?.Dispose();
        }

        stop?.Dispose();
        (answer, stop, url) = (null, null, null);
    }
}
