using System.Security.Cryptography;
using System.Text;

namespace Samples.Sis;

internal static class ClientCredentials
{
    public static (string Id, string Secret)? FromBasic(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return null;
        var bytes = new byte[authorization.Length];
        if (!Convert.TryFromBase64String(authorization[6..].Trim(), bytes, out int length))
            return null;
        string[] parts = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        // RFC 6749 2.3.1: both parts are form-encoded first; plain ones survive the decoding unless they hold % or +.
        return parts.Length == 2 ? (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1])) : null;
    }

    public static bool Match(SisOptions options, (string Id, string Secret)? given) =>
        given is { } client && SameText(client.Id, options.ClientId) && SameText(client.Secret, options.ClientSecret);

    public static bool SameText(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
}
