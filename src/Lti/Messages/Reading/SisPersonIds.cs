using System.Text.Json;

namespace Lti.Messages.Reading;

/// <summary>Reads a person's id of the student information system, wherever a platform puts it.</summary>
internal static class SisPersonIds
{
    /// <summary>The id; null where there is none, or what stands in place of one (<see cref="PlaceholderId"/>).</summary>
    public static OpaqueIdentifier? Read(ref Utf8JsonReader reader)
    {
        var id = reader.TokenType == JsonTokenType.Number ? Whole(reader.ValueSpan) : ClaimValue.Identifier(ref reader);
        return id is not null && !PlaceholderId.Is(id.ExposeUtf8()) ? id : null;
    }

    // Seen: ids that are numbers, sent as such. A fraction or an exponent has several spellings, so it is nobody's id.
    private static OpaqueIdentifier? Whole(ReadOnlySpan<byte> number) =>
        number.Length <= ClaimValue.LongestId && !number.ContainsAnyExcept("-0123456789"u8) ? OpaqueIdentifier.FromUtf8(number) : null;
}
