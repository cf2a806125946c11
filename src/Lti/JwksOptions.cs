namespace Lti;

/// <summary>Limits and intervals for platforms' key sets (JWKS).</summary>
public sealed class JwksOptions
{
    /// <summary>Age after which a key set is fetched again; the earlier one is used meanwhile. Default 1 hour.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Age after which a key set is not used any more: how long launches survive that a platform's keys cannot be had. Default 1 day.</summary>
    public TimeSpan StaleLifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Shortest time between two fetches that an unknown <c>kid</c> or a failure may cause. Default 30 seconds.</summary>
    public TimeSpan BackOff { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Largest document, in bytes. Default 512 KiB.</summary>
    public int MaxBytes { get; set; } = 512 * 1024;

    /// <summary>Most keys in one document. Default 100.</summary>
    public int MaxKeys { get; set; } = 100;
}
