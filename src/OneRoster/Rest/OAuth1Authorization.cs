using System.Globalization;
using System.Net.Http.Headers;

namespace OneRoster.Rest;

/// <summary>Signs each request anew, with a time and a number that is used once (RFC 5849 3.1, 3.3).</summary>
internal sealed class OAuth1Authorization(RestAccess.OAuth1 access, TimeProvider time, Func<string> nonce) : IRequestAuthorization
{
    public ValueTask AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var parameters = new Dictionary<string, string>
        {
            ["oauth_consumer_key"] = access.ConsumerKey,
            ["oauth_signature_method"] = access.Method == OAuth1Method.HmacSha1 ? "HMAC-SHA1" : "HMAC-SHA256",
            ["oauth_timestamp"] = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["oauth_nonce"] = nonce(),
        };
        var text = OAuth1Signature.BaseString(request.Method, request.RequestUri!, parameters);
        parameters["oauth_signature"] = OAuth1Signature.Sign(text, access.ConsumerSecret, "", access.Method);

        // 3.5.1: names and values encoded, values in quotes.
        var header = string.Join(", ", parameters.Select(pair => $"{pair.Key}=\"{OAuth1Signature.Encode(pair.Value)}\""));
        request.Headers.Authorization = new AuthenticationHeaderValue("OAuth", header);
        return ValueTask.CompletedTask;
    }

    /// <summary>The next signature is as good as this one was.</summary>
    public bool Renew() => false;
}
