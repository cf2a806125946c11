namespace Gateway.Storage.Embedded;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Private PostgreSQL {Version} runs on {Cluster} as process {ProcessId}")]
    public static partial void ServerStarted(this ILogger logger, int version, string cluster, int processId);

    [LoggerMessage(LogLevel.Warning, "The OS user {Account} cannot reach {DataDirectory}: the private PostgreSQL cluster lies in {Cluster}")]
    public static partial void ClusterIsElsewhere(this ILogger logger, string account, string dataDirectory, string cluster);

    [LoggerMessage(LogLevel.Warning, "Ending {Count} server processes left by a PostgreSQL that was killed")]
    public static partial void EndingOrphans(this ILogger logger, int count);

    [LoggerMessage(LogLevel.Warning, "The private PostgreSQL on {Cluster} is still stopping")]
    public static partial void StillStopping(this ILogger logger, string cluster);
}
