namespace Gateway.Storage.Embedded;

/// <summary>What a private PostgreSQL cluster needs to know before it starts.</summary>
internal sealed record EmbeddedPostgresOptions
{
    /// <summary>Directory of the checkout's data, e.g. <c>.data</c>; the cluster lies in <c>postgres</c> below it. Created if missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>False only for tests: nothing is flushed to disk, so a power cut may lose the cluster.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>Directories to look for <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c> in, instead of the usual places.</summary>
    public IReadOnlyList<string>? BinaryDirectories { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required ILogger Logger { get; init; }
}
