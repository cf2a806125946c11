namespace Gateway.Grades;

/// <summary>Codes that a score gets from somewhere else than its own delivery.</summary>
internal static class ScoreCodes
{
    /// <summary>Its engine was removed while it waited.</summary>
    public const string EngineRemoved = "score.engine_removed";
}
