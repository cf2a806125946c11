namespace OneRoster.Model;

/// <summary>
/// The collections of a roster, in the order in which a source yields them: a row's references point at earlier
/// collections only (a user's roles may come right behind the user, see <see cref="IRosterSource.ReadAsync"/>).
/// </summary>
public enum RosterCollection
{
    /// <summary>Schools, districts and other organisations.</summary>
    Orgs,

    /// <summary>School years, terms, semesters and grading periods.</summary>
    AcademicSessions,

    /// <summary>Courses, of which classes are instances.</summary>
    Courses,

    /// <summary>Classes.</summary>
    Classes,

    /// <summary>People, without a single field that names them.</summary>
    Users,

    /// <summary>What a person is in which organisation: <c>roles.csv</c> and <c>roles[]</c> in 1.2, <c>role</c> and the user's orgs in 1.1.</summary>
    UserRoles,

    /// <summary>Who is in which class.</summary>
    Enrollments,
}
