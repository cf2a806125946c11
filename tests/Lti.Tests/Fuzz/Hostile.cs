using FsCheck;
using FsCheck.Fluent;

namespace Lti.Tests.Fuzz;

/// <summary>Text and JSON as only somebody with bad intentions, or a bad day, would write it.</summary>
internal static class Hostile
{
    private static readonly string[] Scalars =
    [
        "null", "true", "false", "0", "-1", "1.5", "1e3", "1e999", "-1e999", "123456789012345678901234567890", "0.00000000000000000001",
        "\"\"", "\" \"", "\"1.3.0\"", "\"LtiResourceLinkRequest\"", "\"LtiDeepLinkingRequest\"", "\"LtiSubmissionReviewRequest\"", "\"client-1\"", "\"client-2\"",
        "\"deployment-1\"", "\"https://lms.example\"", "\"https://tool.example/lti/open?unit=3\"", "\"https://evil.example/\"", "\"Instructor\"",
        "\"http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor\"", "\"$Person.sourcedId\"", "[]", "{}", "[\"\"]", "[null,7,{}]", "[\"client-1\"]",
        "[\"client-1\",\"client-2\"]", "{\"id\":\"x\"}", "{\"id\":7}", "{\"user_id\":\"u\"}", "{\"lineitem\":\"https://lms.example/1\"}",
        "{\"deep_link_return_url\":\"https://lms.example/r\"}", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\\u0069\"", "\"\u202e\"", "\"\\",
        "\"open", "tru", "+1", ".5", "01", "NaN", "'x'", "/**/1", "{\"a\":1,\"a\":2}", "{,}", "[1,]",
    ];

    /// <summary>A value of JSON, or nearly.</summary>
    public static Gen<string> Json { get; } = Gen.Frequency(
        (8, Gen.Elements(Scalars)),
        (2, Text.Select(text => System.Text.Json.JsonSerializer.Serialize(text))),
        (1, Gen.Choose(1, 80).Select(depth => new string('[', depth) + new string(']', depth))),
        (1, Gen.Choose(1, 80).Select(depth => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth))),
        (1, Gen.Choose(200, 5_000).Select(length => $"\"{new string('x', length)}\"")));

    /// <summary>Text with letters, controls, halves of surrogate pairs and characters that matter somewhere.</summary>
    public static Gen<string> Text => Gen.Frequency(
            (10, Gen.Choose(32, 126)), (1, Gen.Choose(0, 31)), (1, Gen.Choose(0x80, 0xFFFF)), (3, Gen.Elements<int>('#', '/', ':', '.', '\\', '"', '%', '&', '=', '@')))
        .Select(letter => (char)letter).ArrayOf().Select(letters => new string(letters));

    /// <summary>A text with one to three changes of single characters.</summary>
    public static Gen<string> Bent(string text, string letters) =>
        (from place in Gen.Choose(0, Math.Max(0, text.Length - 1))
         from letter in Gen.Elements(letters.ToCharArray())
         from kind in Gen.Choose(0, 4)
         select kind switch
         {
             0 when text.Length > 0 => text.Remove(place, 1),
             1 => text[..place],
             2 => text.Insert(place, letter.ToString()),
             3 => text[place..] + letter,
             _ when text.Length > 0 => text.Remove(place, 1).Insert(place, letter.ToString()),
             _ => letter.ToString(),
         });
}
