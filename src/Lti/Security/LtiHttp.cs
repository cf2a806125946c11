using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Lti.Security;

/// <summary>Sends every outbound request of the library: with a User-Agent, a time limit and a size limit.</summary>
public sealed class LtiHttp
{
    private static readonly Lazy<HttpClient> Shared = new(() => new HttpClient(new SocketsHttpHandler
    {
        // A redirect would escape whatever check the registered address passed.
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    }));

    private readonly Func<HttpClient> client;
    private readonly TimeSpan timeout;
    private readonly TimeProvider clock;
    private readonly ProductInfoHeaderValue[] userAgent;

    /// <summary>Uses <see cref="LtiToolOptions.HttpClient"/>, <see cref="LtiToolOptions.HttpTimeout"/> and <see cref="LtiToolOptions.UserAgent"/>.</summary>
    public LtiHttp(IOptions<LtiToolOptions> options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        client = options.Value.HttpClient ?? (() => Shared.Value);
        timeout = options.Value.HttpTimeout;
        this.clock = clock;
        using HttpRequestMessage probe = new();
        probe.Headers.UserAgent.ParseAdd(options.Value.UserAgent);
        userAgent = [.. probe.Headers.UserAgent];
    }

    /// <summary>Sends a request and reads at most <paramref name="maxBytes"/> of the answer's body.</summary>
    /// <returns>The answer, or null when the network failed or the time was up.</returns>
    internal async Task<LtiHttpAnswer?> SendAsync(HttpRequestMessage request, int maxBytes, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        foreach (var product in userAgent) request.Headers.UserAgent.Add(product);
        try
        {
            using var response = await client().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(both.Token);
            var body = new byte[Math.Min(maxBytes, 16 * 1024)];
            var length = 0;
            while (true)
            {
                // One byte over the limit is enough to know that it was passed.
                if (length == body.Length && length <= maxBytes) Array.Resize(ref body, (int)Math.Min(maxBytes + 1L, body.Length * 2L));
                var read = await stream.ReadAsync(body.AsMemory(length), both.Token);
                length += read;
                if (read == 0 || length > maxBytes) break;
            }

            return new LtiHttpAnswer(response.StatusCode, WithoutMark(body.AsMemory(0, Math.Min(length, maxBytes))), length > maxBytes, RetryAfter(response));
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>Asks an address as a browser would and reads no body: for a connection check.</summary>
    internal async Task<LtiProbe> ProbeAsync(Uri address, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        foreach (var product in userAgent) request.Headers.UserAgent.Add(product);
        try
        {
            using var response = await client().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return new LtiProbe(response.StatusCode, IsSecureFault: false);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new LtiProbe(null, fault is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError });
        }
    }

    // RFC 8259 8.1 lets readers of JSON ignore a byte order mark, which files that were made on Windows have.
    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;

    private TimeSpan? RetryAfter(HttpResponseMessage response) => WaitAsked.Of(response.Headers, clock.GetUtcNow());
}
