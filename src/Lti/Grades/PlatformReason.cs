using System.Text;

namespace Lti.Grades;

/// <summary>
/// Recognises a platform's reason in the body of an error. The answer is a constant of this table and never text from the body:
/// a platform's message may quote a name, an address or an id.
/// </summary>
internal static class PlatformReason
{
    public const string Outdated = "A newer score is already in the gradebook.";
    public const string Throttled = "The platform limits the number of requests.";

    // Lower case; the first phrase found wins.
    private static readonly (byte[] Phrase, string Reason)[] Known =
    [
        .. new (string, string)[]
        {
            ("rate limit exceeded", Throttled),
            ("too many requests", Throttled),
            // Canvas, with 400.
            ("before last updated timestamp", Outdated),
            ("existing result timestamp", Outdated),
            ("timestamp is older", Outdated),
            ("older than", Outdated),
            // Moodle, with 409.
            ("refusing score with an earlier timestamp", Outdated),
            // Moodle, with 400; the score itself follows, so that later phrases would be found in it.
            ("incorrect score received", "The platform says that the score has a wrong form, or that the person is no student of the course."),
            ("course is concluded", "The course has ended."),
            ("course has concluded", "The course has ended."),
            ("course has been concluded", "The course has ended."),
            ("not an active", "The person is not an active student of the course."),
            ("not found in course", "The platform does not know the person any more."),
            ("still unpublished", "The assignment is not published."),
            ("maximum number of allowed attempts", "The person has no attempts left."),
            ("does not have permission to view line_item", "The gradebook column does not belong to the tool."),
            ("not enrolled", "The person is not enrolled in the course."),
            ("user not found", "The platform does not know the person any more."),
            ("invalid user", "The platform does not know the person any more."),
            ("line item not found", "The gradebook column does not exist any more."),
            ("is locked", "The gradebook column is locked."),
            ("grade item locked", "The gradebook column is locked."),
            ("scoremaximum", "The platform does not accept the maximum score."),
            ("scoregiven", "The platform does not accept the score."),
            ("timestamp", "The platform does not accept the timestamp."),
            ("insufficient scope", "The tool may not write scores at this platform."),
        }.Select(one => (Encoding.ASCII.GetBytes(one.Item1), one.Item2)),
    ];

    public static string? Find(ReadOnlySpan<byte> body)
    {
        var lower = new byte[body.Length];
        for (var index = 0; index < body.Length; index++)
            lower[index] = body[index] is >= (byte)'A' and <= (byte)'Z' ? (byte)(body[index] | 0x20) : body[index];
        foreach (var (phrase, reason) in Known)
        {
            if (lower.AsSpan().IndexOf(phrase) >= 0) return reason;
        }

        return null;
    }
}
