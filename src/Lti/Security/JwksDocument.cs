using System.Text.Json;
using Lti.Launches;

namespace Lti.Security;

/// <summary>
/// Reads a JSON Web Key Set (RFC 7517) within limits, and keeps the keys that can verify a launch. The set itself must be one; each of its
/// keys is read alone, so that one that cannot be read never costs the others (RFC 7517 5: a key that is not understood is ignored).
/// </summary>
internal static class JwksDocument
{
    private const int MaxDepth = 64;

    public static LaunchRefusal? Read(ReadOnlySpan<byte> utf8, int maxKeys, out IReadOnlyList<PlatformKey> keys)
    {
        keys = [];
        if (Find(utf8, maxKeys, out var found) is { } fault) return fault;
        keys = [.. found.Select(ReadKey).OfType<PlatformKey>()];
        return null;
    }

    /// <summary>Finds the keys before anything is built of them, so that a document of ten thousand keys costs one scan.</summary>
    private static LaunchRefusal? Find(ReadOnlySpan<byte> utf8, int maxKeys, out List<byte[]> keys)
    {
        keys = [];
        Utf8JsonReader reader = new(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return LaunchRefusal.KeysMalformed;
            var found = false;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isKeys = reader.ValueTextEquals("keys"u8);
                reader.Read();
                if (!isKeys)
                {
                    reader.Skip();
                    continue;
                }

                if (found || reader.TokenType != JsonTokenType.StartArray) return LaunchRefusal.KeysMalformed;
                found = true;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (keys.Count == maxKeys) return LaunchRefusal.KeysTooMany;
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    keys.Add(utf8[start..(int)reader.BytesConsumed].ToArray());
                }
            }

            return found && !reader.Read() ? null : LaunchRefusal.KeysMalformed;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return LaunchRefusal.KeysMalformed;
        }
    }

    private static PlatformKey? ReadKey(byte[] utf8)
    {
        try
        {
            // RFC 7517 4: names are unique within a key; of two values nobody knows which is meant.
            using var key = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth, AllowDuplicateProperties = false });
            return key.RootElement.ValueKind == JsonValueKind.Object ? PlatformKeyReader.Read(key.RootElement) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
