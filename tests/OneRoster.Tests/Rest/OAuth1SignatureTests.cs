using OneRoster.Model;
using OneRoster.Rest;

namespace OneRoster.Tests.Rest;

[Trait("Requirement", "R-1.2")]
public sealed class OAuth1SignatureTests
{
    /// <summary>The example of RFC 5849 3.4.1.1, with its form body.</summary>
    [Fact]
    public void Base_string_is_that_of_the_specification()
    {
        var parameters = new KeyValuePair<string, string>[]
        {
            new("c2", ""), new("a3", "2 q"), new("oauth_consumer_key", "9djdj82h48djs9d2"), new("oauth_token", "kkk9d7dh3k39sjv7"),
            new("oauth_signature_method", "HMAC-SHA1"), new("oauth_timestamp", "137131201"), new("oauth_nonce", "7d8f3e4a"),
        };
        Assert.Equal(
            "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26"
            + "oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7",
            OAuth1Signature.BaseString(HttpMethod.Post, new Uri("http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b"), parameters));
    }

    /// <summary>The two signed requests of RFC 5849 1.2 that use HMAC-SHA1.</summary>
    [Theory]
    [InlineData("POST", "https://photos.example.net/initiate", "oauth_callback=http://printer.example.com/ready", "137131200", "wIjqoS", "", "74KNZJeDHnMBp0EMJ9ZHt/XKycU=")]
    [InlineData(
        "GET", "http://photos.example.net/photos?file=vacation.jpg&size=original", "oauth_token=nnch734d00sl2jdk", "137131202", "chapoH", "pfkkdhi9sl3r4s00",
        "MdpQcU8iPSUjWoN/UDMsK2sui9I=")]
    public void Signature_is_that_of_the_specification(string method, string url, string more, string timestamp, string nonce, string tokenSecret, string signature)
    {
        var pair = more.Split('=', 2);
        var parameters = new KeyValuePair<string, string>[]
        {
            new("oauth_consumer_key", "dpf43f3p2l4k3l03"), new("oauth_signature_method", "HMAC-SHA1"), new("oauth_timestamp", timestamp), new("oauth_nonce", nonce), new(pair[0], pair[1]),
        };
        var text = OAuth1Signature.BaseString(new HttpMethod(method), new Uri(url), parameters);
        Assert.Equal(signature, OAuth1Signature.Sign(text, "kd94hf93k423kf44", tokenSecret, OAuth1Method.HmacSha1));
    }

    /// <summary>RFC 5849 3.4.2: the key is both secrets, encoded, with an ampersand between.</summary>
    [Fact]
    public void Sha256_signs_with_both_secrets_encoded_and_joined() => Assert.Equal(
        Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.HashData("s%3Acret&"u8, "GET&x&y"u8)),
        OAuth1Signature.Sign("GET&x&y", "s:cret", "", OAuth1Method.HmacSha256));

    [Fact]
    public async Task Each_request_has_its_own_time_and_number()
    {
        var time = new SkippingTime();
        var nonces = new Queue<string>(["n1", "n2", "n3"]);
        var authorization = new OAuth1Authorization(new RestAccess.OAuth1("key one", "secret", OAuth1Method.HmacSha256), time, nonces.Dequeue);
        var (first, second, third) = (await HeaderAsync("limit=1&offset=0"), await HeaderAsync("limit=1&offset=0"), await HeaderAsync("limit=1&offset=0"));
        Assert.Matches("^OAuth oauth_consumer_key=\"key%20one\", oauth_signature_method=\"HMAC-SHA256\", oauth_timestamp=\"1788231600\", oauth_nonce=\"n1\", oauth_signature=\"[^\"]+\"$", first);
        Assert.Equal(3, new[] { first, second, third }.Select(header => header[header.IndexOf("oauth_signature=", StringComparison.Ordinal)..]).Distinct().Count());

        async Task<string> HeaderAsync(string query)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "https://sis.example/users?" + query);
            await authorization.AuthorizeAsync(request, TestContext.Current.CancellationToken);
            return request.Headers.Authorization!.ToString();
        }
    }

    [Fact]
    public void Access_prints_no_secret()
    {
        RestAccess[] all = [new RestAccess.ClientCredentials(new Uri("https://sis.example/token"), "id", "canary"), new RestAccess.OAuth1("key", "canary", OAuth1Method.HmacSha1), new RestAccess.StaticBearer("canary")];
        Canaries.AssertNoneIn(all.Select(access => $"{access} {new RestRosterSourceOptions(OneRosterVersion.V1P2, new Uri("https://sis.example"), access)}"));
    }
}
