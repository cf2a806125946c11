using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Gateway.Stage;

/// <summary>A webhook that came in with a right signature.</summary>
internal sealed record ReceivedWebhook(string Id, long Timestamp, string Type, string District, string Body, string Headers, int Signatures);

/// <summary>
/// An engine's webhook on loopback. It verifies as Standard Webhooks 1.0.0 asks a receiver to, with code of its own, keeps what came, and
/// answers as it is told to.
/// </summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private readonly ConcurrentQueue<ReceivedWebhook> tried = new();
    private readonly ConcurrentQueue<ReceivedWebhook> taken = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly TimeProvider time;
    private readonly WebApplication server;
    private int forged;
    private int inside;

    private WebhookReceiver(TimeProvider time, string address)
    {
        this.time = time;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        server = builder.Build();
        server.MapPost("/webhook", ReceiveAsync);
        server.Map("/inside", () =>
        {
            Interlocked.Increment(ref inside);
            return "inside";
        });
        Url = $"{address}/webhook";
    }

    public string Url { get; }

    /// <summary>What signatures are accepted under, each as the gateway showed it.</summary>
    public ConcurrentBag<string> Secrets { get; } = [];

    /// <summary>What is answered to a webhook with a right signature; 204 unless set.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = Status(204);

    /// <summary>What the engine does with an event that it takes, such as reading its feed.</summary>
    public Func<ReceivedWebhook, Task> OnTaken { get; set; } = _ => Task.CompletedTask;

    /// <summary>Everything with a right signature, whatever was answered.</summary>
    public IReadOnlyList<ReceivedWebhook> Tried => [.. tried];

    /// <summary>What was answered with 2xx.</summary>
    public IReadOnlyList<ReceivedWebhook> Taken => [.. taken];

    /// <summary>Requests without a right signature.</summary>
    public int Forged => forged;

    /// <summary>Requests to another page of the same server.</summary>
    public int Inside => inside;

    public static async Task<WebhookReceiver> StartAsync(TimeProvider time, string? address = null)
    {
        var receiver = new WebhookReceiver(time, address ?? Loopback.FreeUrl());
        await receiver.server.StartAsync();
        return receiver;
    }

    public static Func<HttpContext, Task> Status(int status, string? retryAfter = null) => context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    };

    public static Func<HttpContext, Task> RedirectTo(string url) => context =>
    {
        context.Response.Redirect(url);
        return Task.CompletedTask;
    };

    /// <summary>The connection ends without an answer.</summary>
    public static Task BreakOff(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>200, and a body without an end.</summary>
    public static async Task Endless(HttpContext context)
    {
        var chunk = new byte[64 * 1024];
        while (!context.RequestAborted.IsCancellationRequested)
            await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
    }

    /// <summary>Says nothing until the other side gives up.</summary>
    public async Task Silence(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping.Token);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, either.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        context.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await server.DisposeAsync();
        stopping.Dispose();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer);
        if (Verify(context.Request.Headers, buffer.ToArray()) is not { } webhook)
        {
            Interlocked.Increment(ref forged);
            context.Response.StatusCode = 401;
            return;
        }

        tried.Enqueue(webhook);
        await Answer(context);
        if (context.Response.StatusCode is < 200 or > 299 || context.RequestAborted.IsCancellationRequested)
            return;
        await OnTaken(webhook);
        taken.Enqueue(webhook);
    }

    private ReceivedWebhook? Verify(IHeaderDictionary headers, byte[] body)
    {
        var (id, timestamp, signatures) = (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString().Split(' '));
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || (time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance
            || !Secrets.Any(secret => signatures.Contains(Expected(secret, id, timestamp, body))))
            return null;
        var json = JsonDocument.Parse(body).RootElement;
        return new(
            id, seconds, json.GetProperty("type").GetString()!, json.GetProperty("data").GetProperty("district").GetString()!, Encoding.UTF8.GetString(body),
            string.Join('\n', headers.Select(header => $"{header.Key}: {header.Value}")), signatures.Length);
    }

    private static string Expected(string secret, string id, string timestamp, byte[] body)
    {
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret["whsec_".Length..]));
        return "v1," + Convert.ToBase64String(hmac.ComputeHash([.. Encoding.UTF8.GetBytes(id + "." + timestamp + "."), .. body]));
    }
}
