namespace Lti;

/// <summary>
/// What the tool is and how strict it is. Validated when the host starts; each message names the setting.
/// </summary>
public sealed class LtiToolOptions
{
    /// <summary>The one launch URL registered with every platform; sent as <c>redirect_uri</c>, never taken from a request.</summary>
    public Uri? RedirectUri { get; set; }

    /// <summary>
    /// The tool's own addresses: a <c>target_link_uri</c> must have the origin of one of them and lie under its path.
    /// Empty means the origin of <see cref="RedirectUri"/>.
    /// </summary>
    public IList<Uri> AllowedTargets { get; } = [];

    /// <summary>How long a person may take from login initiation to launch. Default 10 minutes.</summary>
    public TimeSpan StateLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Tolerated difference between a platform's clock and ours. Default 60 seconds.</summary>
    public TimeSpan ClockLeeway { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Oldest <c>iat</c> accepted, before the leeway. Default 10 minutes.</summary>
    public TimeSpan MaxTokenAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Largest decoded id_token, in bytes. Default 64 KiB.</summary>
    public int MaxTokenBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// Lets messages without <c>sub</c> reach the admission, which then decides. Default false: they are refused.
    /// </summary>
    public bool AllowAnonymousLaunches { get; set; }

    /// <summary>
    /// First part of the browser binding's name. Default: <c>__Host-lti-</c> when <see cref="RedirectUri"/> is https,
    /// <c>lti-</c> otherwise, because browsers refuse the <c>__Host-</c> prefix over plain http.
    /// </summary>
    public string? BindingNamePrefix { get; set; }

    /// <summary>Sent with every outbound request; Canvas answers 403 without one.</summary>
    public string UserAgent { get; set; } = "Lti.NET/0.1";

    /// <summary>Limit for one outbound request, body included. Default 10 seconds.</summary>
    public TimeSpan HttpTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gives the client for every outbound request, so that a host can put its own guard (addresses, proxies) in.
    /// Default: one shared client that follows no redirects. Clients are not disposed by the library.
    /// </summary>
    public Func<HttpClient>? HttpClient { get; set; }

    /// <summary>Limits and intervals for platforms' key sets.</summary>
    public JwksOptions Jwks { get; } = new();
}
