using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Samples.Lms.Services;

/// <summary>Checks a tool's signed client assertion (RFC 7523, 1EdTech Security Framework 4.1) with the keys it publishes.</summary>
internal sealed class ClientAssertions(LmsOptions options, OwnAddress own) : IDisposable
{
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new();

    /// <summary>Null when the assertion is good, else what is wrong with it.</summary>
    public async Task<string?> RefusalAsync(string assertion, CancellationToken cancel)
    {
        JsonWebKeySet keys;
        try
        {
            keys = new JsonWebKeySet(await _http.GetStringAsync(new Uri(options.ToolJwksUrl), cancel));
        }
        catch (Exception e) when (e is HttpRequestException or ArgumentException or OperationCanceledException)
        {
            return "the tool's JWKS could not be read";
        }
        TokenValidationResult result = await new JsonWebTokenHandler().ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            ValidIssuer = options.ClientId,
            ValidAudience = own.Token,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            IssuerSigningKeys = keys.GetSigningKeys(),
            RequireExpirationTime = true,
            LifetimeValidator = (notBefore, expires, _, _) => IsNow(notBefore, expires),
        });
        if (!result.IsValid || result.SecurityToken is not JsonWebToken token)
            return "iss, aud, exp or the signature is wrong";
        if (token.Subject != options.ClientId)
            return "sub must be the client_id";
        if (string.IsNullOrEmpty(token.Id))
            return "jti is missing";
        return TryUse(token.Id, token.ValidTo) ? null : "jti was used before";
    }

    public void Dispose() => _http.Dispose();

    private bool IsNow(DateTime? notBefore, DateTime? expires)
    {
        DateTime now = options.Time.GetUtcNow().UtcDateTime;
        return expires is { } end && end > now - Leeway && end < now + TimeSpan.FromDays(1) && (notBefore is not { } start || start < now + Leeway);
    }

    private bool TryUse(string id, DateTime expires)
    {
        DateTimeOffset now = options.Time.GetUtcNow();
        foreach (var (old, until) in _used)
        {
            if (until < now)
                _used.TryRemove(old, out _);
        }
        return _used.TryAdd(id, new DateTimeOffset(expires, TimeSpan.Zero) + Leeway);
    }
}
