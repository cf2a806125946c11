namespace Lti.Grades;

/// <summary>How far the grading is (AGS 3.4.8); sent under these names. Moodle drops scores that are not <see cref="FullyGraded"/>.</summary>
public enum GradingProgress
{
    /// <summary>No grading takes place.</summary>
    NotReady,

    /// <summary>Grading failed.</summary>
    Failed,

    /// <summary>Grading is under way and needs nobody.</summary>
    Pending,

    /// <summary>A person has to grade.</summary>
    PendingManual,

    /// <summary>The score is final.</summary>
    FullyGraded,
}
