namespace Gateway.Identity;

/// <summary>What this feature says in the log: codes, and client ids of registered engines only.</summary>
internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information, "Made the signing key {Kid} for {Purpose}.")]
    public static partial void SigningKeyMade(this ILogger log, string purpose, string kid);

    [LoggerMessage(2005, LogLevel.Information, "Retired the signing key {Kid} for {Purpose}.")]
    public static partial void SigningKeyRetired(this ILogger log, string purpose, string kid);

    [LoggerMessage(2002, LogLevel.Information, "Refused an authorization request without a known client and redirect URI: {Code}.")]
    public static partial void AuthorizationHalted(this ILogger log, string code);

    [LoggerMessage(2003, LogLevel.Information, "Refused an authorization request of {Client}: {Error} ({Reason}).")]
    public static partial void AuthorizationRefused(this ILogger log, string client, string error, string reason);

    [LoggerMessage(2004, LogLevel.Information, "Refused a token request: {Error} ({Reason}).")]
    public static partial void TokenRefused(this ILogger log, string error, string reason);
}
