using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lti.Messages;

/// <summary>
/// A person's identifier as the platform sent it. It never shows itself: not in text, not in JSON, not by comparison.
/// The bytes leave through <see cref="ExposeUtf8"/> alone, so that a search for that name finds every place that sees one.
/// </summary>
[JsonConverter(typeof(WithheldConverter))]
public sealed class OpaqueIdentifier
{
    /// <summary>What <see cref="ToString"/> gives.</summary>
    public const string Withheld = "(withheld)";

    private readonly byte[] utf8;

    private OpaqueIdentifier(byte[] utf8) => this.utf8 = utf8;

    /// <summary>Takes a copy of an identifier's UTF-8 bytes, for example out of a sealed ticket.</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public static OpaqueIdentifier FromUtf8(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) throw new ArgumentException("An identifier has at least one byte.", nameof(utf8));
        return new OpaqueIdentifier(utf8.ToArray());
    }

    /// <summary>The identifier's UTF-8 bytes: personal data from here on.</summary>
    public ReadOnlySpan<byte> ExposeUtf8() => utf8;

    /// <summary>Whether both are the same identifier, in a time that does not depend on their content.</summary>
    public bool IsSameAs(OpaqueIdentifier other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return CryptographicOperations.FixedTimeEquals(utf8, other.utf8);
    }

    /// <summary>Always <see cref="Withheld"/>.</summary>
    public override string ToString() => Withheld;

    private sealed class WithheldConverter : JsonConverter<OpaqueIdentifier>
    {
        public override OpaqueIdentifier? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("An opaque identifier is not read from JSON.");

        public override void Write(Utf8JsonWriter writer, OpaqueIdentifier value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Withheld);
    }
}
