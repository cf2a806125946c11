namespace OneRoster.Model;

/// <summary>An organisation.</summary>
/// <param name="Id">Its sourcedId.</param>
/// <param name="Status">Whether it is in use.</param>
/// <param name="Type">What it is.</param>
/// <param name="Parent">The organisation above it, if allowed and given.</param>
/// <param name="Name">Its name, if allowed and given.</param>
public sealed record Org(SourcedId Id, RosterStatus Status, OrgType Type, SourcedId? Parent, string? Name)
    : RosterRow(RosterCollection.Orgs);

/// <summary>A school year or a part of one.</summary>
/// <param name="Id">Its sourcedId.</param>
/// <param name="Status">Whether it is in use.</param>
/// <param name="Type">What it is.</param>
/// <param name="Start">The first day.</param>
/// <param name="End">The day after the last day (end dates are exclusive).</param>
/// <param name="SchoolYear">The year in which the school year ends, if it could be read.</param>
/// <param name="Parent">The session that this one is a part of, if allowed and given.</param>
/// <param name="Title">Its title, if allowed and given.</param>
public sealed record AcademicSession(
    SourcedId Id, RosterStatus Status, SessionType Type, DateOnly Start, DateOnly End, int? SchoolYear, SourcedId? Parent, string? Title)
    : RosterRow(RosterCollection.AcademicSessions);

/// <summary>A course.</summary>
/// <param name="Id">Its sourcedId.</param>
/// <param name="Status">Whether it is in use.</param>
/// <param name="Title">Its title, if allowed and given.</param>
/// <param name="Subjects">Its subjects; empty unless allowed and given.</param>
/// <param name="Org">The organisation that offers it, if allowed and given.</param>
public sealed record Course(SourcedId Id, RosterStatus Status, string? Title, IReadOnlyList<string> Subjects, SourcedId? Org)
    : RosterRow(RosterCollection.Courses);

/// <summary>A class.</summary>
/// <param name="Id">Its sourcedId.</param>
/// <param name="Status">Whether it is in use.</param>
/// <param name="Title">Its title, if allowed and given.</param>
/// <param name="Course">The course that it is an instance of.</param>
/// <param name="School">The school that holds it.</param>
/// <param name="Terms">The academic sessions in which it is held; at least one.</param>
/// <param name="ClassType">What it is, if allowed and given.</param>
/// <param name="Grades">Its grades; empty unless allowed and given.</param>
/// <param name="Subjects">Its subjects; empty unless allowed and given.</param>
public sealed record Class(
    SourcedId Id, RosterStatus Status, string? Title, SourcedId Course, SourcedId School, IReadOnlyList<SourcedId> Terms,
    ClassType? ClassType, IReadOnlyList<string> Grades, IReadOnlyList<string> Subjects)
    : RosterRow(RosterCollection.Classes);

/// <summary>A person. There is no field for a name, an address or a username.</summary>
/// <param name="Id">The sourcedId.</param>
/// <param name="Status">Whether the record is in use.</param>
/// <param name="Enabled">Whether the person may use systems (<c>enabledUser</c>).</param>
/// <param name="MasterIdentifier">What ties several records of one person together, if allowed and given (1.2).</param>
/// <param name="Grades">The grades of a student; empty unless allowed and given.</param>
/// <param name="PrimaryOrg">The main organisation, if allowed and given (1.2).</param>
/// <param name="Identifier">The district's own number of the person, if allowed and given: nobody reads it but to tell who is one person.</param>
public sealed record User(
    SourcedId Id, RosterStatus Status, bool Enabled, UserMasterIdentifier? MasterIdentifier, IReadOnlyList<string> Grades, SourcedId? PrimaryOrg,
    UserIdentifier? Identifier)
    : RosterRow(RosterCollection.Users);

/// <summary>What a person is in an organisation.</summary>
/// <param name="User">The person.</param>
/// <param name="Status">Whether the record is in use (always active where it is part of the user record).</param>
/// <param name="Org">The organisation.</param>
/// <param name="Role">What the person is there.</param>
/// <param name="RoleType">Whether this is the main role.</param>
/// <param name="Begin">The first day, if allowed and given (1.2).</param>
/// <param name="End">The day after the last day, if allowed and given (1.2).</param>
public sealed record UserRole(
    SourcedId User, RosterStatus Status, SourcedId Org, RosterRole Role, RoleType RoleType, DateOnly? Begin, DateOnly? End)
    : RosterRow(RosterCollection.UserRoles);

/// <summary>A person in a class.</summary>
/// <param name="Id">Its sourcedId.</param>
/// <param name="Status">Whether it is in use.</param>
/// <param name="User">The person.</param>
/// <param name="Class">The class.</param>
/// <param name="School">The school of the class.</param>
/// <param name="Role">What the person is in the class.</param>
/// <param name="Primary">Whether a teacher is the class's main one, if allowed and given.</param>
/// <param name="Begin">The first day, if allowed and given.</param>
/// <param name="End">The day after the last day, if allowed and given.</param>
public sealed record Enrollment(
    SourcedId Id, RosterStatus Status, SourcedId User, SourcedId Class, SourcedId School, RosterRole Role, bool? Primary, DateOnly? Begin, DateOnly? End)
    : RosterRow(RosterCollection.Enrollments);
