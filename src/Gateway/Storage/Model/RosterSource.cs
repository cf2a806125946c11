namespace Gateway.Storage.Model;

/// <summary>Where a district's roster comes from, and when.</summary>
internal sealed class RosterSource
{
    public int DistrictId { get; set; }

    public required string Binding { get; set; }

    public string? Version { get; set; }

    public string? BaseUrl { get; set; }

    public string? TokenUrl { get; set; }

    public string? ClientId { get; set; }

    public byte[]? SealedSecret { get; set; }

    public string? CsvFolder { get; set; }

    public required string Schedule { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public string? SftpAddress { get; set; }

    public string? SftpHostKey { get; set; }

    public TimeOnly? RetryUntil { get; set; }

    public string? TakenArchive { get; set; }

    public string? SeenArchive { get; set; }

    public DateTimeOffset? SeenAt { get; set; }
}
