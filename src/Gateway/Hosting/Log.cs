namespace Gateway.Hosting;

/// <summary>What this feature says in the log: references, types and places in the code.</summary>
internal static partial class Log
{
    [LoggerMessage(9001, LogLevel.Error, "Unexpected error (support reference {Reference}): {Type}\n{Trace}")]
    public static partial void UnexpectedError(this ILogger log, string reference, string type, string? trace);

    [LoggerMessage(9002, LogLevel.Warning,
        "storage.tls_not_verified: the connection string names a weaker SSL Mode than VerifyFull for a database on another machine. Leave it out where the network is not yours alone")]
    public static partial void DatabaseNotVerified(this ILogger log);
}
