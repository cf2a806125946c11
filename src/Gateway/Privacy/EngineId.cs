using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Privacy;

/// <summary>One id of an answer: it is encrypted together with the others of its <see cref="EngineIdPage"/>, when the first is written. 22 characters, base64url.</summary>
[JsonConverter(typeof(Writer))]
internal readonly struct EngineId(EngineIdPage page, int place)
{
    public override string ToString() => Base64Url.EncodeToString(page.BlockAt(place));

    /// <summary>Writes ids without making strings of them; they are never read.</summary>
    internal sealed class Writer : JsonConverter<EngineId>
    {
        public override EngineId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("An engine's ids are read with EngineIds.RowOf.");

        public override void Write(Utf8JsonWriter writer, EngineId value, JsonSerializerOptions options) => value.WriteTo(writer);
    }

    private void WriteTo(Utf8JsonWriter writer)
    {
        Span<byte> text = stackalloc byte[EngineIds.Length];
        Base64Url.EncodeToUtf8(page.BlockAt(place), text);
        writer.WriteStringValue(text);
    }
}
