using OneRoster.Model;
using static OneRoster.Model.RosterCollection;

namespace Gateway.Privacy.Rosters;

/// <summary>A roster field that may be read (P-1.1): why, who receives it, when it is deleted, and since which version of the policy (P-4.3).</summary>
internal sealed record AllowedRosterField(RosterCollection Collection, string Field, string Purpose, string Recipient, string Retention, int Since = 1);

/// <summary>A roster field that is read only while a district gives <paramref name="Shared"/> to some engine (P-1.4).</summary>
internal sealed record SwitchedRosterField(SharedField Shared, AllowedRosterField Field);

/// <summary>
/// Every field that is read from a roster: always (<see cref="Fields"/>), where a district's settings need it for the length of a run
/// (<see cref="OnDemand"/>), or while the district gives it to an engine (<see cref="Switched"/>; off is the default).
/// </summary>
internal static class RosterAllowList
{
    private const string Nobody = "nobody: it stays in the gateway";
    private const string Engine = "the practice engine";
    private const string Run = "at the end of the run";
    private const string WithClass = "one year after the class's end (P-2.3)";
    private const string WithLearner = "with the learner (P-2.1, P-2.2)";
    private const string WithClassOrSwitch = "when the district switches it off, or one year after the class's end (P-2.3)";
    private const string WithLearnerOrSwitch = "when the district switches it off, or with the learner (P-2.1)";

    public static IReadOnlyList<AllowedRosterField> Fields { get; } =
    [
        new(Orgs, "sourcedId", "recognise a school again; kept as a pseudonym", Nobody, WithClass),
        new(Orgs, "status", "leave out what is to be deleted", Nobody, Run),
        new(Orgs, "type", "tell schools from other organisations", Nobody, Run),
        new(Orgs, "parent", "check that the organisation above exists", Nobody, Run),
        new(AcademicSessions, "sourcedId", "recognise a term again; kept as a pseudonym", Nobody, WithClass),
        new(AcademicSessions, "status", "leave out what is to be deleted", Nobody, Run),
        new(AcademicSessions, "type", "tell terms from school years", Engine, WithClass),
        new(AcademicSessions, "startDate", "say when a class is held", Engine, WithClass),
        new(AcademicSessions, "endDate", "say when a class is held", Engine, WithClass),
        new(AcademicSessions, "schoolYear", "check the session", Nobody, Run),
        new(Courses, "sourcedId", "check that a class's course exists", Nobody, Run),
        new(Courses, "status", "leave out what is to be deleted", Nobody, Run),
        new(Classes, "sourcedId", "recognise a class again; kept as a pseudonym", Nobody, WithClass),
        new(Classes, "status", "leave out what is to be deleted", Nobody, Run),
        new(Classes, "classType", "tell home rooms from classes on the timetable (R-3.5)", Nobody, WithClass),
        new(Classes, "course", "check that the course exists", Nobody, Run),
        new(Classes, "school", "place the class in its school", Engine, WithClass),
        new(Classes, "terms", "say when a class is held", Engine, WithClass),
        new(Users, "sourcedId", "recognise a learner again; kept as a pseudonym", Nobody, WithLearner),
        new(Users, "status", "leave out who is to be deleted", Nobody, Run),
        new(Users, "enabledUser", "leave out who may not use systems", Nobody, Run),
        new(UserRoles, "user", "find the person of the role", Nobody, Run),
        new(UserRoles, "status", "leave out what is to be deleted", Nobody, Run),
        new(UserRoles, "org", "check that the organisation exists", Nobody, Run),
        new(UserRoles, "role", "give each person the role with the least privilege (R-3.7)", Engine, WithLearner),
        new(UserRoles, "roleType", "part of a role", Nobody, Run),
        new(UserRoles, "beginDate", "leave out roles that are not current", Nobody, Run),
        new(UserRoles, "endDate", "leave out roles that are not current", Nobody, Run),
        new(Enrollments, "sourcedId", "part of an enrollment; not kept", Nobody, Run),
        new(Enrollments, "status", "leave out what is to be deleted", Nobody, Run),
        new(Enrollments, "user", "say who is in a class", Engine, WithClass),
        new(Enrollments, "class", "say who is in a class", Engine, WithClass),
        new(Enrollments, "school", "check that the school exists", Nobody, Run),
        new(Enrollments, "role", "tell a class's students from its teachers", Engine, WithClass),
        new(Enrollments, "beginDate", "say from when somebody is in a class", Engine, WithClass),
        new(Enrollments, "endDate", "say until when somebody is in a class", Engine, WithClass),
    ];

    /// <summary>Fields that are read only where a district's settings need them (<see cref="For"/>), and never kept.</summary>
    public static IReadOnlyList<AllowedRosterField> OnDemand { get; } = [ChosenGrades, SamePersonField, IdentifierField];

    /// <summary>Fields that a district may switch on by giving them to an engine, and that are kept while it does.</summary>
    public static IReadOnlyList<SwitchedRosterField> Switched { get; } =
    [
        new(SharedField.School, new(Orgs, "name", "tell the engine what a school is called", Engine, WithClassOrSwitch)),
        new(SharedField.ClassTitle, new(Classes, "title", "tell the engine what a class is called", Engine, WithClassOrSwitch)),
        new(SharedField.Subjects, new(Classes, "subjects", "tell the engine what a class is about", Engine, WithClassOrSwitch)),
        new(SharedField.Grades, new(Classes, "grades", "tell the engine for which grades a class is", Engine, WithClassOrSwitch)),
        new(SharedField.Grades, new(Users, "grades", "tell the engine in which grade a student is; kept of students only", Engine, WithLearnerOrSwitch)),
    ];

    /// <summary>
    /// What a run reads: what is always read, what the district's settings need, and what the district gives to an engine; of all that, what
    /// the district has accepted (P-4.3).
    /// </summary>
    public static FieldAllowList For(RosterReading reading, PrivacyPolicy policy, int accepted)
    {
        List<AllowedRosterField> fields = [.. policy.RosterFields, .. policy.SwitchedFields.Where(field => reading.Keeps(field.Shared)).Select(field => field.Field)];
        if (!reading.Grades.All)
            fields.Add(ChosenGrades);
        if (reading.SamePerson.ReadsMasterIdentifier)
            fields.Add(SamePersonField);
        if (reading.SamePerson.ReadsIdentifier)
            fields.Add(IdentifierField);
        return ListOf(fields.Where(field => field.Since <= accepted));
    }

    private static AllowedRosterField ChosenGrades => new(Users, "grades", "leave out students of grades that the district did not choose (R-3.5)", Nobody, Run);

    private static AllowedRosterField SamePersonField =>
        new(Users, "userMasterIdentifier", "recognise several records of one person (R-3.7); staged as a pseudonym", Nobody, Run);

    /// <summary>Is read of a district that has accepted the version of the policy that brought it, and has chosen to go by it.</summary>
    public static AllowedRosterField IdentifierField =>
        new(Users, "identifier", "recognise several records of one person where the district goes by it (R-3.7); read as bytes, staged as a pseudonym", Nobody, Run, Since: 3);

    private static FieldAllowList ListOf(IEnumerable<AllowedRosterField> fields) => FieldAllowList.Create(fields.Select(field => (field.Collection, field.Field)));
}
