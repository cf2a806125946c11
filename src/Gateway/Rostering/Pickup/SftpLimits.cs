namespace Gateway.Rostering.Pickup;

/// <summary>What fetching may cost. The defaults hold a large state's archive.</summary>
internal sealed record SftpLimits
{
    /// <summary>The largest that is fetched, in bytes, all files together.</summary>
    public long Bytes { get; init; } = 8L << 30;

    /// <summary>How long the server may take to let the gateway in, in whole seconds.</summary>
    public int ConnectSeconds { get; init; } = 20;

    /// <summary>How long a listing or a transfer may take.</summary>
    public TimeSpan Transfer { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How often a growing file is looked at.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromMilliseconds(200);
}
