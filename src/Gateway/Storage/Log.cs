namespace Gateway.Storage;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning,
        "The role that the gateway works as has no limit of {Settings} in this database, and the owner may not set one: a superuser can (docs/operations.md, Limits of the database role)")]
    public static partial void LimitsMissing(ILogger logger, string settings);
}
