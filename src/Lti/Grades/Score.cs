using Lti.Messages;

namespace Lti.Grades;

/// <summary>A score for one learner and one line item (AGS 3.4).</summary>
public sealed record Score
{
    /// <summary>The learner's <c>sub</c> at the platform.</summary>
    public required OpaqueIdentifier UserId { get; init; }

    /// <summary>
    /// When the state that this score reports came about. Platforms ignore or refuse scores that are not newer than the last one,
    /// Moodle in whole seconds.
    /// </summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Points, not negative; may exceed the maximum (extra credit). Null to report progress only.</summary>
    public decimal? ScoreGiven { get; init; }

    /// <summary>Points to be had, above zero; required with <see cref="ScoreGiven"/> (AGS 3.4.5), and by Canvas always.</summary>
    public decimal? ScoreMaximum { get; init; }

    /// <summary>How far the learner is.</summary>
    public ActivityProgress ActivityProgress { get; init; } = ActivityProgress.Completed;

    /// <summary>How far the grading is.</summary>
    public GradingProgress GradingProgress { get; init; } = GradingProgress.FullyGraded;

    /// <summary>Plain text for the learner, or null.</summary>
    public string? Comment { get; init; }

    internal bool IsValid => ScoreMaximum is null or > 0 && (ScoreGiven is null || (ScoreGiven >= 0 && ScoreMaximum is not null));

    /// <summary>The points only.</summary>
    public override string ToString() => FormattableString.Invariant($"{nameof(Score)}({ScoreGiven}/{ScoreMaximum})");
}
