namespace Samples.Lms.Services;

/// <summary>How a gradebook tells a score that is newer, and what it makes of one that is not final.</summary>
public enum GradebookHabit
{
    /// <summary>AGS 2.0, 3.4.6: what has the later timestamp wins; 409 for others.</summary>
    Specification,

    /// <summary>
    /// Moodle 4.3: a grade has the time at which it was taken, and a score must be later than that in whole seconds; else 409. What is not
    /// fully graded takes the grade away. A locked grade is an error of the server.
    /// </summary>
    Moodle43,

    /// <summary>Canvas: 400 for a score from before the last change, also a teacher's; what is pending, failed or not ready takes the grade away.</summary>
    Canvas,
}
