namespace Lti.Grades;

/// <summary>How far the learner is (AGS 3.4.7); sent under these names.</summary>
public enum ActivityProgress
{
    /// <summary>Not begun, or begun anew.</summary>
    Initialized,

    /// <summary>Begun.</summary>
    Started,

    /// <summary>Being worked on.</summary>
    InProgress,

    /// <summary>Handed in, and may be changed.</summary>
    Submitted,

    /// <summary>Finished.</summary>
    Completed,
}
