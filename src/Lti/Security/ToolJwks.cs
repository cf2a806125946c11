using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Lti.Security;

/// <summary>The tool's key set as platforms fetch it.</summary>
public static class ToolJwks
{
    /// <summary>The media type of the document.</summary>
    public const string ContentType = "application/json";

    /// <summary>A JSON Web Key Set (RFC 7517) of public keys as UTF-8. The types admit no private part.</summary>
    public static byte[] Write(IEnumerable<ToolPublicKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys"u8);
            foreach (var key in keys)
            {
                json.WriteStartObject();
                json.WriteString("kty"u8, "RSA"u8);
                json.WriteString("use"u8, "sig"u8);
                json.WriteString("alg"u8, "RS256"u8);
                json.WriteString("kid"u8, key.KeyId);
                json.WriteString("n"u8, Base64Url.EncodeToString(key.Parameters.Modulus));
                json.WriteString("e"u8, Base64Url.EncodeToString(key.Parameters.Exponent));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
