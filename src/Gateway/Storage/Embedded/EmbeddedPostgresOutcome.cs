namespace Gateway.Storage.Embedded;

/// <summary>A started (or joined) cluster, or the reason why there is none.</summary>
internal abstract record EmbeddedPostgresOutcome
{
    private EmbeddedPostgresOutcome()
    {
    }

    public sealed record Running(EmbeddedPostgres Server) : EmbeddedPostgresOutcome;

    public sealed record Failed(EmbeddedPostgresFailure Failure) : EmbeddedPostgresOutcome;
}
