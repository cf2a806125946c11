namespace Gateway.Storage;

/// <summary>What this feature says in the log.</summary>
internal static partial class Log
{
    [LoggerMessage(1201, LogLevel.Warning, "storage.key_readable: other accounts of this machine may read the master key or a key share. Outside demonstrations the gateway does not start so")]
    public static partial void KeyReadable(this ILogger log);

    [LoggerMessage(LogLevel.Warning,
        "The role that the gateway works as has no limit of {Settings} in this database, and the owner may not set one: a superuser can (docs/operations.md, Limits of the database role)")]
    public static partial void LimitsMissing(ILogger logger, string settings);
}
