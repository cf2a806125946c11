using Microsoft.Extensions.Logging;
using OneRoster.Model;

namespace OneRoster.Rest;

/// <summary>What the REST binding logs: codes, counts and positions.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "{Collection}: page {Page} at offset {Offset} held {Rows} rows")]
    public static partial void PageRead(ILogger logger, RosterCollection collection, int page, long offset, int rows);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "{Collection}: waiting {Wait} before attempt {Attempt} (status {Status})")]
    public static partial void Waiting(ILogger logger, RosterCollection? collection, TimeSpan wait, int attempt, int status);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "The access token was refused and is renewed")]
    public static partial void TokenRenewed(ILogger logger);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "{Collection}: the server refused the query parameter {Parameter}; asking without it")]
    public static partial void SelectionRefused(ILogger logger, RosterCollection collection, string parameter);

    [LoggerMessage(EventId = 5, Level = LogLevel.Information, Message = "{Collection}: the server fails at the page size; asking for {Rows} rows")]
    public static partial void PageSizeReduced(ILogger logger, RosterCollection collection, int rows);

    [LoggerMessage(EventId = 6, Level = LogLevel.Information, Message = "{Collection}: changed while it was read; reading it again, time {Time}")]
    public static partial void ReadAgain(ILogger logger, RosterCollection collection, int time);
}
