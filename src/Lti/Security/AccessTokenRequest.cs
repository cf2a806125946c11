using Microsoft.Extensions.Logging;

namespace Lti.Security;

/// <summary>One request for an access token (RFC 6749 4.4 with RFC 7523 2.2).</summary>
internal sealed class AccessTokenRequest(LtiHttp http, TimeProvider clock, ILogger logger)
{
    private const int LongestAnswer = 64 * 1024;

    public async Task<AccessTokenOutcome> SendAsync(Uri endpoint, string scope, string assertion)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, endpoint)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "client_credentials",
                ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                ["client_assertion"] = assertion,
                ["scope"] = scope,
            }),
        };
        request.Headers.Accept.ParseAdd("application/json");
        // The time before sending: the token's life begins no earlier.
        var askedAt = clock.GetUtcNow();
        var answer = await http.SendAsync(request, LongestAnswer, CancellationToken.None);
        var outcome = Read(answer, scope, askedAt);
        if (outcome is AccessTokenDenied denied) SecurityLog.TokenNotGranted(logger, endpoint.Host, denied.Code);
        return outcome;
    }

    private static AccessTokenOutcome Read(LtiHttpAnswer? answer, string scope, DateTimeOffset askedAt)
    {
        if (answer is null) return new AccessTokenDenied("lti.token_unreachable", mayPass: true);
        var status = (int)answer.Status;
        if (answer.IsPassing)
            return new AccessTokenDenied(status == 429 ? "lti.token_throttled" : "lti.token_unavailable", mayPass: true, status, answer.RetryAfter);
        if (!answer.IsSuccess) return new AccessTokenDenied(AccessTokenAnswer.RefusalCode(answer.Body.Span), mayPass: false, status);
        return !answer.IsTruncated && AccessTokenAnswer.Read(answer.Body.Span, scope, askedAt) is { } token
            ? new AccessTokenGranted(token)
            : new AccessTokenDenied("lti.token_malformed_answer", mayPass: false, status);
    }
}
