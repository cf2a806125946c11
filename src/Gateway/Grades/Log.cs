namespace Gateway.Grades;

/// <summary>What this feature says in the log: delivery ids, states and codes.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "Score {Id} is {State} {Code}.")]
    public static partial void ScoreTried(this ILogger log, Guid id, string state, string? code);

    [LoggerMessage(3002, LogLevel.Warning, "The outbox cannot be read ({SqlState}); trying again.")]
    public static partial void OutboxUnreachable(this ILogger log, string sqlState);
}
