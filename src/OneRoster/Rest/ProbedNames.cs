using System.Text.Json;

namespace OneRoster.Rest;

/// <summary>The names of the properties of the first record of an answer. No value is read.</summary>
internal static class ProbedNames
{
    /// <summary>Names that a probe wants to know of; every other one counts as <c>…</c>.</summary>
    private static readonly string[] Known = ["sourcedId", "role", "roles"];

    /// <summary>
    /// Null when the answer has no such list; empty when the list is. The start of a long answer is enough: it ends where the names end.
    /// </summary>
    public static HashSet<string>? In(ReadOnlyMemory<byte> start, string wrapper)
    {
        HashSet<string>? names = null;
        try
        {
            var reader = new Utf8JsonReader(ServerComplaint.WithoutByteOrderMark(start.Span), isFinalBlock: false, default);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var found = IsNamed(ref reader, wrapper);
                if (!reader.Read() || (found && reader.TokenType != JsonTokenType.StartArray))
                    return null;
                if (found)
                {
                    names = new(StringComparer.Ordinal);
                    if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                        Collect(ref reader, names);
                    return names;
                }

                if (!reader.TrySkip())
                    return null;
            }
        }
        catch (JsonException)
        {
            // What is broken further on is said by the reading.
        }

        return names;
    }

    private static void Collect(ref Utf8JsonReader reader, HashSet<string> names)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = "…";
            foreach (var known in Known)
                if (reader.ValueTextEquals(known))
                    name = known;
            names.Add(name);
            if (!reader.Read() || !reader.TrySkip())
                return;
        }
    }

    private static bool IsNamed(ref Utf8JsonReader reader, string name) =>
        reader.ValueTextEquals(name) || (!reader.ValueIsEscaped && System.Text.Ascii.EqualsIgnoreCase(reader.ValueSpan, name));
}
