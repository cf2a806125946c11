using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Samples.PracticeEngine.Roster;

/// <summary>
/// Takes the gateway's webhooks (Standard Webhooks): the signature over id, time and body must be made with a secret that is known here,
/// and the time must be now. An event says only that a district's roster changed; what changed is asked of the feed.
/// </summary>
internal static class WebhookEndpoint
{
    public const string Path = "/webhooks/gateway";
    private const string SecretPrefix = "whsec_";
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(5);

    public static void Map(WebApplication app) => app.MapPost(Path, HandleAsync);

    private static async Task<IResult> HandleAsync(HttpContext http, PracticeEngineOptions options, Nudges nudges)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        string body = await reader.ReadToEndAsync(http.RequestAborted);
        IHeaderDictionary headers = http.Request.Headers;
        if (!IsSigned(options, headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString(), body))
            return Results.Unauthorized();
        using JsonDocument message = JsonDocument.Parse(body);
        if (message.RootElement.GetProperty("type").GetString() is "roster.changed" or "learner.erased")
            nudges.Ring(message.RootElement.GetProperty("data").GetProperty("district").GetString()!);
        return Results.NoContent();
    }

    private static bool IsSigned(PracticeEngineOptions options, string id, string timestamp, string signatures, string body)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            || (options.Time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Leeway)
        {
            return false;
        }
        byte[] signed = Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}");
        // While a secret is being changed there are several, here and in the header.
        return (options.WebhookSecrets ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[SecretPrefix.Length..]), signed)))
            .Any(expected => signatures.Split(' ').Any(given => Secrets.Same(given, expected)));
    }
}
