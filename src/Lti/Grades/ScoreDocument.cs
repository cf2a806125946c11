using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Lti.Grades;

/// <summary>A score as JSON (AGS 3.4, <c>application/vnd.ims.lis.v1.score+json</c>).</summary>
internal static class ScoreDocument
{
    public const string ContentType = "application/vnd.ims.lis.v1.score+json";

    public static ReadOnlyMemory<byte> Write(Score score)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter json = new(buffer);
        json.WriteStartObject();
        json.WriteString("userId"u8, score.UserId.ExposeUtf8());
        // AGS 3.4.6: ISO 8601 with sub-second precision and a time zone.
        json.WriteString("timestamp"u8, score.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        if (score.ScoreGiven is { } given) json.WriteNumber("scoreGiven"u8, given);
        if (score.ScoreMaximum is { } maximum) json.WriteNumber("scoreMaximum"u8, maximum);
        json.WriteString("activityProgress"u8, score.ActivityProgress.ToString());
        json.WriteString("gradingProgress"u8, score.GradingProgress.ToString());
        if (score.Comment is not null) json.WriteString("comment"u8, score.Comment);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
