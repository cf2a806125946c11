namespace Gateway.Identity;

/// <summary>
/// The life of a key (L-2.5): announced, active, retired, gone. Constants and not settings: a shorter time loses launches and scores,
/// and a longer one wins nothing.
/// </summary>
internal static class SigningKeyLife
{
    /// <summary>Published before it signs: longer than platforms and engines keep a key set that they fetched (an hour to a day).</summary>
    public static readonly TimeSpan Announced = TimeSpan.FromDays(7);

    /// <summary>From its first signature to its successor's.</summary>
    public static readonly TimeSpan Active = TimeSpan.FromDays(90);

    /// <summary>Published after its last signature: what it signed is over within minutes, and a clock may be wrong by a day.</summary>
    public static readonly TimeSpan Retired = TimeSpan.FromDays(7);
}
