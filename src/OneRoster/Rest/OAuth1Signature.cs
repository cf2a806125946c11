using System.Security.Cryptography;
using System.Text;

namespace OneRoster.Rest;

/// <summary>The signature of OAuth 1.0a (RFC 5849 3.4).</summary>
internal static class OAuth1Signature
{
    /// <summary>The signature base string (3.4.1).</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="url">The request's URL; each parameter of its query is signed.</param>
    /// <param name="others">The parameters that are not in the query, decoded.</param>
    public static string BaseString(HttpMethod method, Uri url, IEnumerable<KeyValuePair<string, string>> others)
    {
        // 3.4.1.3.2: sorted by name, then value, once both are encoded.
        var parameters = QueryOf(url).Concat(others)
            .Select(pair => (Name: Encode(pair.Key), Value: Encode(pair.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}");

        // 3.4.1.2: host in lower case, no default port; Uri has done both.
        var address = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return $"{method.Method}&{Encode(address)}&{Encode(string.Join('&', parameters))}";
    }

    /// <summary>Signs a base string (3.4.2).</summary>
    /// <param name="baseString">What is signed.</param>
    /// <param name="consumerSecret">The consumer's secret.</param>
    /// <param name="tokenSecret">The token's secret; empty without a token.</param>
    /// <param name="method">With what.</param>
    /// <returns>The signature in base64.</returns>
    public static string Sign(string baseString, string consumerSecret, string tokenSecret, OAuth1Method method)
    {
        var key = Encoding.ASCII.GetBytes($"{Encode(consumerSecret)}&{Encode(tokenSecret)}");
        var text = Encoding.ASCII.GetBytes(baseString);
#pragma warning disable CA5350 // The server decides; a district that can should take HMAC-SHA256 or OAuth 2.
        return Convert.ToBase64String(method == OAuth1Method.HmacSha1 ? HMACSHA1.HashData(key, text) : HMACSHA256.HashData(key, text));
#pragma warning restore CA5350
    }

    /// <summary>3.6: everything but the unreserved characters of RFC 3986, as bytes of UTF-8.</summary>
    public static string Encode(string text) => Uri.EscapeDataString(text);

    /// <summary>3.4.1.3.1: the query is read as a form, so a plus is a space.</summary>
    private static IEnumerable<KeyValuePair<string, string>> QueryOf(Uri url)
    {
        foreach (var part in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Replace('+', ' ').Split('=', 2);
            yield return new(Uri.UnescapeDataString(pair[0]), pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : "");
        }
    }
}
