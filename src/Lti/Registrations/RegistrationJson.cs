using System.Text.Json;
using System.Text.Unicode;

namespace Lti.Registrations;

/// <summary>Strict reading of small documents: valid UTF-8, one object, no repeated members, only what is asked for becomes text.</summary>
internal static class RegistrationJson
{
    private const int MaxDepth = 16;
    private const int MostTexts = 256;
    private const int LongestText = 1024;

    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span)) return null;
        try
        {
            var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            // The exception quotes the document; nothing of it may go further.
            return null;
        }
    }

    public static JsonElement? Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) ? member : null;

    /// <summary>Text of 1 to <paramref name="longest"/> characters; null for anything else.</summary>
    public static string? Text(JsonElement of, string name, int longest) => Member(of, name) is { } member ? Text(member, longest) : null;

    /// <summary>The texts in an array, at most 256 of them.</summary>
    public static IEnumerable<string> Texts(JsonElement of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.Array } array
            ? array.EnumerateArray().Take(MostTexts).Select(one => Text(one, LongestText)).OfType<string>()
            : [];

    public static string? Text(JsonElement value, int longest)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString() is { Length: > 0 } text && text.Length <= longest ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Escaped halves of surrogate pairs: valid JSON, not valid text.
            return null;
        }
    }
}
