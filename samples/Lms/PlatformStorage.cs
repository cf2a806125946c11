namespace Samples.Lms;

/// <summary>Whether, and in which frame, the LMS keeps values for tools (LTI Platform Storage 0.1).</summary>
public enum PlatformStorage
{
    None,

    /// <summary>The course's page itself: <c>_parent</c>.</summary>
    Parent,

    /// <summary>A frame beside the tool's, which passes messages on to the course's page.</summary>
    NamedFrame,
}

/// <summary>What goes wrong with the storage that the LMS promises.</summary>
public enum StorageFault
{
    None,

    /// <summary>Nothing is ever answered.</summary>
    Silent,

    /// <summary>Every answer is an error.</summary>
    Error,

    /// <summary>Answers are right, and come from another origin.</summary>
    WrongOrigin,
}
