using System.Text.RegularExpressions;
using Gateway.Hosting.Limits;
using Gateway.Mail;
using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>Says at start which setting is wrong and what it should be.</summary>
internal sealed partial class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        if (options.PublicUrl is { } url
            && (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("https" or "http") || parsed.Query.Length > 0 || parsed.Fragment.Length > 0))
            return ValidateOptionsResult.Fail("Gateway__PublicUrl must be an absolute http or https address without query, such as https://gateway.example.org.");
        if (options.PublicUrl is { } plain && new Uri(plain) is { Scheme: "http", IsLoopback: false })
            return ValidateOptionsResult.Fail("Gateway__PublicUrl must be https: browsers send the launch's cookie over TLS only (http is for loopback).");
        if (options.PublicUrl is { } address && new Uri(address).AbsolutePath.TrimEnd('/') is { Length: > 0 } path && !PathPattern().IsMatch(path))
            return ValidateOptionsResult.Fail(
                "Gateway__PublicUrl may have a path of letters, digits, dots, hyphens and underscores that begins with none of the gateway's own (such as /lti, /connect, /api, /privacy): https://example.org/practice.");
        if (!string.IsNullOrWhiteSpace(options.OperatorEmail) && EmailAddress.Parse(options.OperatorEmail) is null)
            return ValidateOptionsResult.Fail("Gateway__OperatorEmail must be one plain address, such as operator@example.org.");
        if (TrustedProxies.Parse(options.TrustedProxies) is null)
            return ValidateOptionsResult.Fail("Gateway__TrustedProxies must be addresses and networks, separated by commas, such as 10.0.0.7, 10.1.0.0/16.");
        foreach (var (limit, value) in options.RateLimits.All())
            if (value is < RateLimitOptions.Least or > RateLimitOptions.Most)
                return ValidateOptionsResult.Fail($"Gateway__RateLimits__{limit} must be a number of requests a minute from {RateLimitOptions.Least} to {RateLimitOptions.Most}.");
        var mail = SmtpRules.Check(options.Smtp).ToList();
        return mail.Count > 0 ? ValidateOptionsResult.Fail(mail) : ValidateOptionsResult.Success;
    }

    // A request for /lti/login must mean one thing, whether or not a proxy took the path off (PublicPath). A test holds the names.
    [GeneratedRegex(@"^(?!/(lti|connect|api|assets|health|openapi|privacy|classroom|admin|\.well-known|favicon\.ico)(/|\z))(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+\z", RegexOptions.CultureInvariant)]
    internal static partial Regex PathPattern();
}
