namespace Gateway.Hosting;

/// <summary>
/// How much one address or one registration may ask for, in requests a minute (<c>Gateway__RateLimits__*</c>). At once it may ask for what
/// two and a half minutes give. Each replica counts for itself.
/// </summary>
internal sealed class RateLimitOptions
{
    /// <summary>Settings of fewer or more than this are refused at start.</summary>
    public const int Least = 1, Most = 10_000_000;

    /// <summary>Logins from one address, and likewise its launches, sign-ins and tokens. A whole district clicks from one address when a lesson begins.</summary>
    public int LaunchesPerAddress { get; set; } = 24_000;

    /// <summary>Logins of one registration, and likewise its verified launches.</summary>
    public int LaunchesPerRegistration { get; set; } = 48_000;

    /// <summary>Requests to the addresses where platforms register, from one address.</summary>
    public int RegistrationsPerAddress { get; set; } = 120;

    /// <summary>Token requests from one address that were refused because the client is not who it says it is.</summary>
    public int TokenFailuresPerAddress { get; set; } = 120;

    /// <summary>Requests for public pages from one address.</summary>
    public int PublicPagesPerAddress { get; set; } = 60;

    internal IEnumerable<(string Name, int Value)> All() =>
    [
        (nameof(LaunchesPerAddress), LaunchesPerAddress), (nameof(LaunchesPerRegistration), LaunchesPerRegistration),
        (nameof(RegistrationsPerAddress), RegistrationsPerAddress), (nameof(TokenFailuresPerAddress), TokenFailuresPerAddress),
        (nameof(PublicPagesPerAddress), PublicPagesPerAddress),
    ];
}
