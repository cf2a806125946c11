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

    /// <summary><c>oauth2</c>, <c>oauth1-sha256</c>, <c>oauth1-sha1</c> or <c>bearer</c>; null, from before there were several, is OAuth 2.</summary>
    public string? Auth { get; set; }

    public string? Scope { get; set; }

    public bool Delta { get; set; }

    public DateTimeOffset? LastFullAt { get; set; }

    public DateTimeOffset? LastPullAt { get; set; }

    /// <summary>Certificates of authorities that are trusted beside the machine's own, as PEM.</summary>
    public string? CaCertificates { get; set; }

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
