using Microsoft.Extensions.Options;

namespace Gateway.Hosting;

/// <summary>The gateway's address as others see it: <c>Gateway__PublicUrl</c> or, without it, the first address of <c>ASPNETCORE_URLS</c>.</summary>
internal sealed class PublicAddress(IOptions<GatewayOptions> options, IConfiguration configuration)
{
    public const string DefaultUrl = "http://127.0.0.1:5100";

    private string? url;

    /// <summary>Scheme, host and port (and path base, if any), without a trailing slash.</summary>
    /// <exception cref="OptionsValidationException">It is not set and cannot be told from where the server listens.</exception>
    public string Url => url ??= (options.Value.PublicUrl ?? Listening()).TrimEnd('/');

    /// <summary>Browsers reach the gateway over TLS, whatever is between it and a proxy in front of it.</summary>
    public bool IsHttps => Url.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path below which the gateway lives, such as <c>/practice</c>; empty when it has the host for itself.</summary>
    public PathString Path => new Uri(Url).AbsolutePath is { Length: > 1 } path ? new PathString(path) : PathString.Empty;

    private string Listening()
    {
        var first = (configuration["urls"] ?? configuration["ASPNETCORE_URLS"] ?? DefaultUrl).Split(';')[0];
        return Uri.TryCreate(first, UriKind.Absolute, out var parsed) && parsed is { Port: > 0, Host: not ("0.0.0.0" or "[::]" or "*" or "+") }
            ? first
            : throw new OptionsValidationException(GatewayOptions.Section, typeof(GatewayOptions),
                ["Gateway__PublicUrl must be set: the address of ASPNETCORE_URLS is not one that browsers and platforms can reach."]);
    }
}
