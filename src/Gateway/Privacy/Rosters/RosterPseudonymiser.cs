using OneRoster.Model;

namespace Gateway.Privacy.Rosters;

/// <summary>
/// Turns roster rows into rows that may be stored. The only reader of a raw <c>sourcedId</c>: past it there are pseudonyms.
/// Rows about roles other than student and teacher (guardians, administrators, …) end here.
/// </summary>
internal sealed class RosterPseudonymiser(DistrictKeyRing keys, RosterReading reading)
{
    private readonly KnownPseudonyms known = new(keys);
    private readonly PatternCounts patterns = new();

    /// <summary>The pseudonym of an organisation that a person names, such as a school to take in.</summary>
    public static Pseudonym OfOrg(DistrictKeyRing keys, ReadOnlySpan<byte> sourcedId) => keys.Pseudonyms.Of(IdentifierKind.Org, scope: [], sourcedId);

    /// <summary>The version of the district's key that the pseudonyms are made with.</summary>
    public short KeyVersion => keys.Version;

    /// <summary>Identifiers of the rows so far under the other versions of the key (P-1.2); whoever takes them down clears it.</summary>
    public List<Rekeyed> Rekeyed => known.Rekeyed;

    /// <summary>The patterns by which almost everybody so far would be one with somebody else.</summary>
    public IReadOnlyList<string> BroadPatterns() => patterns.Broad();

    /// <summary>Forgets what was counted of users: they are read again.</summary>
    public void RestartUsers() => patterns.Restart();

    public PseudonymousOrg Of(Org row) => new(
        Org(row.Id), IsActive(row.Status), row.Type == OrgType.School, row.Parent is { } parent ? Org(parent) : null, row.Name);

    public PseudonymousSession Of(AcademicSession row) => new(
        Hash(IdentifierKind.AcademicSession, row.Id), IsActive(row.Status), NameOf(row.Type), row.Start, row.End, row.Title);

    public PseudonymousCourse Of(Course row) => new(Hash(IdentifierKind.Course, row.Id), IsActive(row.Status));

    public PseudonymousClass Of(Class row) => new(
        Hash(IdentifierKind.Class, row.Id),
        IsActive(row.Status),
        Hash(IdentifierKind.Course, row.Course),
        Org(row.School),
        [.. row.Terms.Select(term => Hash(IdentifierKind.AcademicSession, term).Value)],
        NameOf(row.ClassType),
        row.Title,
        NoneAsNull(row.Subjects),
        NoneAsNull(row.Grades));

    // Grades may have been read for the choice of students alone.
    public PseudonymousUser Of(User row)
    {
        var active = IsActive(row.Status) && row.Enabled;
        if (active)
            patterns.Add(row.Id.ExposeUtf8());
        return new(
            Person(row.Id), active, reading.Grades.Holds(row.Grades), reading.SamePerson.PersonOf(row, keys), reading.Keeps(SharedField.Grades) ? NoneAsNull(row.Grades) : null);
    }

    /// <param name="row">The role.</param>
    /// <param name="changes">The source brings changes only: that a role is over has to be known too.</param>
    public PseudonymousRole? Of(UserRole row, bool changes) => NameOf(row.Role) is { } role && (changes || IsActive(row.Status))
        ? new(Person(row.User), Org(row.Org), IsActive(row.Status) ? role : PseudonymousRole.Ended, row.Begin, row.End)
        : null;

    /// <param name="row">The enrollment.</param>
    /// <param name="changes">The source brings changes only: what is to be deleted has to be known too.</param>
    public PseudonymousEnrollment? Of(Enrollment row, bool changes) => (changes || IsActive(row.Status)) && NameOf(row.Role) is { } role
        ? new(Hash(IdentifierKind.Class, row.Class), Person(row.User), Org(row.School), IsActive(row.Status), role, row.Begin, row.End)
        : null;

    private Pseudonym Person(SourcedId id) => Hash(IdentifierKind.SisPerson, id);

    private Pseudonym Org(SourcedId id) => Hash(IdentifierKind.Org, id);

    private Pseudonym Hash(IdentifierKind kind, SourcedId id) => known.Of(kind, id);

    private static bool IsActive(RosterStatus status) => status == RosterStatus.Active;

    private static string[]? NoneAsNull(IReadOnlyList<string> values) => values.Count == 0 ? null : [.. values];

    // whatever a roster says, nobody becomes more than a teacher.
    private static string? NameOf(RosterRole role) => role switch
    {
        RosterRole.Student => "student",
        RosterRole.Teacher => "teacher",
        _ => null,
    };

    private static string NameOf(SessionType type) => type switch
    {
        SessionType.GradingPeriod => "gradingPeriod",
        SessionType.Semester => "semester",
        SessionType.SchoolYear => "schoolYear",
        SessionType.Term => "term",
        _ => "other",
    };

    private static string NameOf(ClassType? type) => type switch
    {
        ClassType.Homeroom => "homeroom",
        ClassType.Scheduled => "scheduled",
        _ => "other",
    };
}
