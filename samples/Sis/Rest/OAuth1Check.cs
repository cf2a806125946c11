using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Samples.Sis.Rest;

/// <summary>Checks the signature of a request (OAuth 1.0a, RFC 5849 3.2), and that it is new.</summary>
internal sealed class OAuth1Check(SisOptions options)
{
    private readonly ConcurrentDictionary<string, bool> _nonces = new();

    public bool Admits(HttpRequest request, bool sha256)
    {
        string header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("OAuth ", StringComparison.Ordinal))
            return false;
        Dictionary<string, string> given = header[6..].Split(',').Select(part => part.Trim().Split('=', 2))
            .ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => Uri.UnescapeDataString(pair[1].Trim('"')));
        if (given.GetValueOrDefault("oauth_consumer_key") != options.ClientId
            || given.GetValueOrDefault("oauth_signature_method") != (sha256 ? "HMAC-SHA256" : "HMAC-SHA1")
            || !long.TryParse(given.GetValueOrDefault("oauth_timestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out long sent)
            || Math.Abs(options.Time.GetUtcNow().ToUnixTimeSeconds() - sent) > 300
            || !_nonces.TryAdd($"{sent} {given.GetValueOrDefault("oauth_nonce")}", true)
            || !given.Remove("oauth_signature", out string? signature))
            return false;
        byte[] text = Encoding.ASCII.GetBytes(BaseString(request, given));
        byte[] key = Encoding.ASCII.GetBytes(Uri.EscapeDataString(options.ClientSecret) + "&");
#pragma warning disable CA5350 // Old servers know nothing better.
        byte[] expected = sha256 ? HMACSHA256.HashData(key, text) : HMACSHA1.HashData(key, text);
#pragma warning restore CA5350
        return ClientCredentials.SameText(signature, Convert.ToBase64String(expected));
    }

    // RFC 5849 3.4.1: the framework has decoded the query; it is encoded again by the rules of 3.6.
    private static string BaseString(HttpRequest request, Dictionary<string, string> given)
    {
        IEnumerable<string> pairs = request.Query.SelectMany(p => p.Value.Select(value => (p.Key, Value: value ?? "")))
            .Concat(given.Select(p => (p.Key, p.Value)))
            .Select(p => (Name: Uri.EscapeDataString(p.Key), Value: Uri.EscapeDataString(p.Value)))
            .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal)
            .Select(p => $"{p.Name}={p.Value}");
        string url = $"{request.Scheme}://{request.Host}{request.Path}";
        return $"{request.Method}&{Uri.EscapeDataString(url)}&{Uri.EscapeDataString(string.Join('&', pairs))}";
    }
}
