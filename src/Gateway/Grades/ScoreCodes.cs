namespace Gateway.Grades;

/// <summary>Why a score stands as it does, where the reason is the gateway's own; those of the platform are <c>lti.score_…</c> and <c>lti.token_…</c>.</summary>
internal static class ScoreCodes
{
    /// <summary>A newer score of the same learner and column takes its place.</summary>
    public const string Superseded = "score.superseded";

    /// <summary>It is not a final grade, and came after one: platforms would take the grade away.</summary>
    public const string GradeStands = "score.grade_stands";

    /// <summary>The registration was removed.</summary>
    public const string PlatformGone = "score.platform_gone";

    /// <summary>Its content does not open: the key is missing.</summary>
    public const string Unreadable = "score.unreadable";

    public const string UnexpectedError = "score.unexpected_error";

    /// <summary>Its engine was removed while it waited.</summary>
    public const string EngineRemoved = "score.engine_removed";

    /// <summary>Its line item is at another host than the platform's others (T-6).</summary>
    public const string LineItemElsewhere = "score.line_item_elsewhere";
}
