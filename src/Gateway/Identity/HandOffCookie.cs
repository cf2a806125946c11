using System.Buffers.Text;
using System.Security.Cryptography;
using Gateway.Hosting;

namespace Gateway.Identity;

/// <summary>
/// The cookie that binds a hand-off to the browser that launched (see ADR 0046). It holds 16 random bytes for as long as the ticket lives;
/// the sealed ticket holds the same. Its name follows from them, so that launches in several tabs do not overwrite each other.
/// </summary>
internal sealed class HandOffCookie(PublicAddress address)
{
    private static readonly CookieOptions Kept = Options(SignInTickets.Lifetime);
    private static readonly CookieOptions Ended = Options(TimeSpan.Zero);

    // As the login's cookie (Lti.Launches.BrowserBinding): the prefix keeps neighbours under the same domain from planting one (RFC 6265bis
    // 4.1.3.2), demands the path "/" also where the gateway lives below a path, and is refused by browsers over plain http.
    private readonly string prefix = address.IsHttps ? "__Host-lti-to-" : "lti-to-";

    /// <summary>Gives the browser a cookie, and says what it holds.</summary>
    public Guid Give(HttpResponse response)
    {
        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        var secret = new Guid(random);
        response.Cookies.Append(NameOf(secret), Base64Url.EncodeToString(random), Kept);
        return secret;
    }

    /// <summary>Ends the cookie once it has served (P-1.7).</summary>
    public void End(HttpResponse response, Guid secret) => response.Cookies.Append(NameOf(secret), "", Ended);

    /// <summary>Whether the request comes from the browser that was given this.</summary>
    public bool IsBroughtBy(IRequestCookieCollection cookies, Guid secret)
    {
        Span<byte> brought = stackalloc byte[16];
        return cookies[NameOf(secret)] is { Length: 22 } value
            && Base64Url.IsValid(value) && Base64Url.TryDecodeFromChars(value, brought, out var written)
            && CryptographicOperations.FixedTimeEquals(brought[..written], secret.ToByteArray());
    }

    private static CookieOptions Options(TimeSpan life) => new()
    {
        HttpOnly = true,
        Secure = true,
        // The engine sends the browser on from its own site, often in the platform's frame, where only partitioned cookies are kept.
        SameSite = SameSiteMode.None,
        Extensions = { "Partitioned" },
        Path = "/",
        MaxAge = life,
        IsEssential = true,
    };

    private string NameOf(Guid secret) => prefix + Base64Url.EncodeToString(SHA256.HashData(secret.ToByteArray()).AsSpan(0, 12));
}
