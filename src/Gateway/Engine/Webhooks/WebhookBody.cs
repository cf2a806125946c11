using System.Globalization;
using System.Text.Json;

namespace Gateway.Engine.Webhooks;

/// <summary>
/// What is sent: <c>{"type":…,"timestamp":…,"data":{"district":…}}</c>. Thin: what has changed is in the feed, behind the engine's own
/// sign-in, and nothing about anybody is here. A parked score adds <c>score</c>, the id that the engine was given, and <c>code</c>. The same
/// event is the same bytes each time.
/// </summary>
internal static class WebhookBody
{
    public static byte[] Of(string type, DateTimeOffset happenedAt, string district, ParkedScore? score) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        type,
        timestamp = happenedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        data = score is null ? new { district } : (object)new { district, score = score.Id, code = score.Code },
    });
}

/// <summary>Which score an event is about, and why it was parked.</summary>
internal sealed record ParkedScore(Guid Id, string Code);
