namespace Gateway.Privacy.Rosters;

/// <summary>An organisation as it may be stored.</summary>
internal sealed record PseudonymousOrg(Pseudonym Source, bool Active, bool School, Pseudonym? Parent, string? Name);

/// <summary>An academic session as it may be stored. The end is exclusive.</summary>
internal sealed record PseudonymousSession(Pseudonym Source, bool Active, string Kind, DateOnly Start, DateOnly End, string? Title);

/// <summary>A course as it may be staged; it is not kept.</summary>
internal sealed record PseudonymousCourse(Pseudonym Source, bool Active);

/// <summary>A class as it may be stored.</summary>
internal sealed record PseudonymousClass(
    Pseudonym Source, bool Active, Pseudonym Course, Pseudonym School, Guid[] Terms, string Kind, string? Title, string[]? Subjects, string[]? Grades);

/// <summary>A person as it may be staged: a pseudonym, whether the person may use systems at all, and what a district lets be kept.</summary>
/// <param name="Source">The record.</param>
/// <param name="Active">Whether it is in use and the person may use systems.</param>
/// <param name="Chosen">Whether a grade of the person is one that the district chose; true where it chose none. Staged only.</param>
/// <param name="Person">What several records of one person have in common, where the district says how to tell. Staged only.</param>
/// <param name="Grades">The record's grades where the district gives grades to an engine, otherwise null; of students they are kept.</param>
internal sealed record PseudonymousUser(Pseudonym Source, bool Active, bool Chosen, Pseudonym? Person, string[]? Grades);

/// <summary>A student's or teacher's role as it may be staged; other roles are never staged.</summary>
/// <param name="User">The person.</param>
/// <param name="Org">The organisation.</param>
/// <param name="Role"><c>student</c>, <c>teacher</c>, or <see cref="Ended"/>.</param>
/// <param name="Start">The first day.</param>
/// <param name="End">The day after the last one.</param>
internal sealed record PseudonymousRole(Pseudonym User, Pseudonym Org, string Role, DateOnly? Start, DateOnly? End)
{
    /// <summary>In place of a role that is to be deleted, where a source brings changes; goes before the roster is checked.</summary>
    public const string Ended = "ended";
}

/// <summary>
/// A student's or teacher's enrollment as it may be stored; others are never staged. The end is exclusive. One that is to be deleted is
/// staged only where a source brings changes.
/// </summary>
internal sealed record PseudonymousEnrollment(
    Pseudonym Class, Pseudonym User, Pseudonym School, bool Active, string Role, DateOnly? Start, DateOnly? End);
