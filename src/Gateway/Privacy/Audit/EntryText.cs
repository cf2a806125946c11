using System.Text.Json;

namespace Gateway.Privacy.Audit;

/// <summary>The details of an entry as they are stored: one JSON object, its names in order.</summary>
internal static class EntryText
{
    private const string Withheld = "withheld";
    private const int Longest = 200;

    public static byte[] DetailsOf(AuditEntry entry)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in (entry.Details ?? new Dictionary<string, string>()).OrderBy(pair => pair.Key, StringComparer.Ordinal))
                json.WriteString(name, Admitted(value));
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    public static Dictionary<string, string> Parse(ReadOnlySpan<byte> details) => JsonSerializer.Deserialize<Dictionary<string, string>>(details) ?? [];

    // The trail is never deleted: what could be an address, or a text that somebody pasted, must not get in by mistake.
    private static string Admitted(string value) => value.Length > Longest || value.Any(c => c == '@' || char.IsControl(c)) ? Withheld : value;
}
