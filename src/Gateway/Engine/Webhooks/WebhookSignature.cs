using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gateway.Engine.Webhooks;

/// <summary>Signatures as Standard Webhooks 1.0.0 wants them: <c>v1,</c> and the base64 of HMAC-SHA-256 over <c>id.timestamp.body</c>.</summary>
internal static class WebhookSignature
{
    /// <summary>The value of <c>webhook-signature</c>: one signature for each secret, separated by spaces.</summary>
    /// <param name="id">The <c>webhook-id</c>; without a dot.</param>
    /// <param name="timestamp">The <c>webhook-timestamp</c>: when it is sent, in seconds since 1970.</param>
    /// <param name="body">Byte for byte what is sent.</param>
    /// <param name="secrets">The secret in force, and during a rotation the one before.</param>
    public static string Of(string id, long timestamp, ReadOnlySpan<byte> body, IEnumerable<WebhookSecret> secrets)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")), .. body];
        return string.Join(' ', secrets.Select(secret => "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret.Key, signed))));
    }
}
