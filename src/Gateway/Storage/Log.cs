namespace Gateway.Storage;

/// <summary>What this feature says in the log.</summary>
internal static partial class Log
{
    [LoggerMessage(1201, LogLevel.Warning, "storage.key_readable: other accounts of this machine may read the master key or a key share. Outside demonstrations the gateway does not start so")]
    public static partial void KeyReadable(this ILogger log);
}
