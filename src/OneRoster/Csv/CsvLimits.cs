namespace OneRoster.Csv;

/// <summary>What an archive or folder may cost. The defaults hold a large state's roster (40 million enrollments).</summary>
public sealed record CsvLimits
{
    /// <summary>The most entries an archive or folder may have.</summary>
    public int Entries { get; init; } = 256;

    /// <summary>The largest a file may be, unpacked, in bytes.</summary>
    public long FileBytes { get; init; } = 16L << 30;

    /// <summary>The largest that all files that are read may be together, unpacked, in bytes.</summary>
    public long TotalBytes { get; init; } = 32L << 30;

    /// <summary>How many times larger than packed an entry above 1 MiB may be. Rosters reach about 40.</summary>
    public int Ratio { get; init; } = 200;

    /// <summary>The longest record, in bytes.</summary>
    public int RecordBytes { get; init; } = 1 << 20;
}
