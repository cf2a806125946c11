using Gateway.Mail;

namespace Gateway.Hosting;

/// <summary>The settings under <c>Gateway__</c> (see docs/settings.md).</summary>
internal sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary><c>Gateway__PublicUrl</c>: the gateway's address as browsers and platforms see it, without a trailing slash.</summary>
    public string? PublicUrl { get; set; }

    /// <summary><c>Gateway__MasterKeyFile</c>: a file of 32 random bytes in base64; more lines are older keys that still open.</summary>
    public string? MasterKeyFile { get; set; }

    /// <summary><c>Gateway__DataDirectory</c>: where the embedded database and its master key live. Default <c>.data</c>.</summary>
    public string DataDirectory { get; set; } = ".data";

    /// <summary><c>Gateway__KeySharesDirectory</c>: the districts' key shares, one folder for all replicas. Default <c>key-shares</c> below the data directory.</summary>
    public string? KeySharesDirectory { get; set; }

    /// <summary><c>Gateway__AllowPrivateNetworks</c>: outbound requests may go to private and loopback addresses (demo, tests).</summary>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary><c>Gateway__TrustedProxies</c>: addresses and networks of the proxies whose <c>X-Forwarded-For</c> is taken; none by default.</summary>
    public string? TrustedProxies { get; set; }

    /// <summary><c>Gateway__RateLimits__*</c>: requests a minute of one address or registration.</summary>
    public RateLimitOptions RateLimits { get; set; } = new();

    /// <summary><c>Gateway__OperatorEmail</c>: who runs the gateway and is told of incidents; nobody without it.</summary>
    public string? OperatorEmail { get; set; }

    /// <summary><c>Gateway__Smtp__*</c>: the server that takes the gateway's mail.</summary>
    public SmtpOptions Smtp { get; set; } = new();
}
