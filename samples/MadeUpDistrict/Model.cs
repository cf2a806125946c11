namespace Samples.MadeUpDistrict;

public enum OrgType
{
    District,
    School,
}

public enum SessionType
{
    SchoolYear,
    Term,
}

public enum PersonRole
{
    Student,
    Teacher,
}

public sealed record Org(string SourcedId, string Name, OrgType Type, string Identifier, string? ParentSourcedId);

/// <summary>The end date is exclusive, as OneRoster has it; the school year is the year it ends in.</summary>
public sealed record AcademicSession(
    string SourcedId, string Title, SessionType Type, DateOnly Start, DateOnly End, string? ParentSourcedId, int SchoolYear);

public sealed record Course(
    string SourcedId, string Title, string Code, string Grade, string Subject, string SubjectCode, string OrgSourcedId, string SessionSourcedId);

public sealed record SchoolClass(
    string SourcedId,
    string Title,
    string Code,
    string Grade,
    string Subject,
    string SubjectCode,
    string Period,
    string Location,
    bool Homeroom,
    string CourseSourcedId,
    string SchoolSourcedId,
    IReadOnlyList<string> TermSourcedIds);

public sealed record Person(
    string SourcedId,
    PersonRole Role,
    int Index,
    string GivenName,
    string MiddleName,
    string FamilyName,
    string PreferredGivenName,
    string Pronouns,
    string Username,
    string Email,
    string Phone,
    string Sms,
    string Number,
    string Password,
    string MasterIdentifier,
    string FederatedId,
    string HomeAddress,
    string? Grade,
    string SchoolSourcedId,
    string? AgentSourcedId);

public sealed record Enrollment(
    string SourcedId,
    string ClassSourcedId,
    string SchoolSourcedId,
    string UserSourcedId,
    PersonRole Role,
    bool? Primary,
    DateOnly Begin,
    DateOnly End,
    int PersonIndex);

public sealed record Demographics(
    string SourcedId,
    int StudentIndex,
    DateOnly BirthDate,
    string Sex,
    int RaceColumn,
    bool Hispanic,
    string CountryOfBirth,
    string StateOfBirth,
    string CityOfBirth,
    string ResidenceStatus);
