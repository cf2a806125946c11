using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Gateway.Hosting;

namespace Gateway.Engine.Webhooks;

/// <summary>What a receiver made of an event.</summary>
/// <param name="Code">Null: it took it.</param>
/// <param name="Status">Its HTTP status, when it answered.</param>
/// <param name="RetryAfter">How long it asks to be left alone.</param>
internal sealed record WebhookAnswer(string? Code, int? Status = null, TimeSpan? RetryAfter = null);

/// <summary>Posts one event as Standard Webhooks 1.0.0 describes it. Of the answer only status and Retry-After are read.</summary>
internal sealed class WebhookSender(IHttpClientFactory http, TimeProvider time)
{
    public const string HttpClientName = "webhooks";

    // Standard Webhooks: 15 to 30 seconds.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    public async Task<WebhookAnswer> PostAsync(string url, Guid id, byte[] body, IReadOnlyList<WebhookSecret> secrets, CancellationToken cancellation)
    {
        // The receiver compares it with its clock, against replays: it is that of this try.
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", id.ToString());
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Of(id.ToString(), timestamp, body, secrets));

        using var limit = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var client = http.CreateClient(HttpClientName);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return Read(response);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(WebhookCodes.TimedOut);
        }
        catch (HttpRequestException e)
        {
            return new(OutboundGuard.IsRefusal(e) ? WebhookCodes.AddressRefused : WebhookCodes.Unreachable);
        }
    }

    private WebhookAnswer Read(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        return response.StatusCode switch
        {
            _ when response.IsSuccessStatusCode => new(null, status),
            HttpStatusCode.Gone => new(WebhookCodes.Gone, status),
            HttpStatusCode.TooManyRequests => new(WebhookCodes.Throttled, status, RetryAfter(response)),
            HttpStatusCode.ServiceUnavailable => new(WebhookCodes.ReceiverFailed, status, RetryAfter(response)),
            >= HttpStatusCode.InternalServerError => new(WebhookCodes.ReceiverFailed, status),
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => new(WebhookCodes.Redirected, status),
            _ => new(WebhookCodes.Refused, status),
        };
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } asked ? asked.Delta ?? asked.Date - time.GetUtcNow() : null;
}
