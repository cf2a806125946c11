namespace Gateway.Grades;

/// <summary>What this feature says in the log: delivery ids, states and codes.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "Score {Id} is {State} {Code}.")]
    public static partial void ScoreTried(this ILogger log, Guid id, string state, string? code);

    [LoggerMessage(3002, LogLevel.Warning, "The outbox could not be worked on ({Reason}); trying again.")]
    public static partial void OutboxFailed(this ILogger log, string reason);

    [LoggerMessage(3003, LogLevel.Error, "Score {Id} met an error inside the gateway ({Type}); it is put off.")]
    public static partial void ScoreFailed(this ILogger log, Guid id, string type);
}
