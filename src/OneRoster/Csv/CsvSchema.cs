using System.Text;
using OneRoster.Model;
using F = OneRoster.Model.RosterField;

namespace OneRoster.Csv;

/// <summary>A column that can be read: its name, an alias known from the field, and how its text is split.</summary>
internal sealed record CsvColumn(string Name, RosterField Field, bool Required, bool List, string? Alias)
{
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(Name);

    public byte[] Utf8Alias { get; } = Encoding.UTF8.GetBytes(Alias ?? "");
}

/// <summary>Which file and columns hold a collection in the CSV bindings 1.1 and 1.2. Columns that are not here are never read.</summary>
internal static class CsvSchema
{
    public static string FileOf(RosterCollection collection) => FileStem(collection) + ".csv";

    /// <summary>The name in the manifest's <c>file.…</c> properties.</summary>
    public static string FileStem(RosterCollection collection) => collection switch
    {
        RosterCollection.Orgs => "orgs",
        RosterCollection.AcademicSessions => "academicSessions",
        RosterCollection.Courses => "courses",
        RosterCollection.Classes => "classes",
        RosterCollection.Users => "users",
        RosterCollection.UserRoles => "roles",
        RosterCollection.Enrollments => "enrollments",
        _ => throw new ArgumentOutOfRangeException(nameof(collection)),
    };

    /// <summary>The files that the specification knows and that are no part of a roster: they are never opened.</summary>
    public static IReadOnlyList<string> Unneeded { get; } =
    [
        "demographics", "userProfiles", "resources", "classResources", "courseResources", "userResources", "categories", "lineItems", "results",
        "scoreScales", "lineItemLearningObjectiveIds", "lineItemScoreScales", "resultLearningObjectiveIds", "resultScoreScales",
    ];

    /// <summary>The names of all files that the specification knows, without <c>.csv</c>.</summary>
    public static IReadOnlyList<(string Name, byte[] Utf8)> AllStems { get; } =
        [.. Enum.GetValues<RosterCollection>().Select(FileStem).Concat(Unneeded).Select(name => (name, Encoding.UTF8.GetBytes(name)))];

    /// <summary>The collections that have a file of their own, in reading order: 1.1 keeps roles in users.csv.</summary>
    public static IEnumerable<RosterCollection> Files(OneRosterVersion version) =>
        Enum.GetValues<RosterCollection>().Where(collection => version == OneRosterVersion.V1P2 || collection != RosterCollection.UserRoles);

    /// <summary>All columns of a collection that could be allowed.</summary>
    public static IReadOnlyList<CsvColumn> Columns(RosterCollection collection, OneRosterVersion version) => collection switch
    {
        RosterCollection.Orgs =>
            [.. Common, Need("type", F.Type), May("parentSourcedId", F.Parent), May("name", F.Name)],
        RosterCollection.AcademicSessions =>
        [
            .. Common, Need("type", F.Type), Need("startDate", F.StartDate), Need("endDate", F.EndDate), Need("schoolYear", F.SchoolYear),
            May("parentSourcedId", F.Parent), May("title", F.Title),
        ],
        RosterCollection.Courses => [.. Common, May("title", F.Title), ListOf("subjects", F.Subjects), May("orgSourcedId", F.Org)],
        RosterCollection.Classes =>
        [
            .. Common, Need("courseSourcedId", F.Course), Need("schoolSourcedId", F.School),
            new("termSourcedIds", F.Terms, Required: true, List: true, "termSourcedId"),
            May("title", F.Title), May("classType", F.ClassType), ListOf("grades", F.Grades), ListOf("subjects", F.Subjects),
        ],
        RosterCollection.Users when version == OneRosterVersion.V1P1 =>
        [
            .. Common, Need("enabledUser", F.EnabledUser), ListOf("grades", F.Grades), May("identifier", F.Identifier),
            Need("role", F.Role), new("orgSourcedIds", F.UserOrgs, Required: true, List: true, "orgSourcedId"),
        ],
        RosterCollection.Users =>
        [
            .. Common, Need("enabledUser", F.EnabledUser), ListOf("grades", F.Grades), May("identifier", F.Identifier),
            May("userMasterIdentifier", F.UserMasterIdentifier), May("primaryOrgSourcedId", F.PrimaryOrg),
        ],
        RosterCollection.UserRoles =>
        [
            May("status", F.Status), Need("userSourcedId", F.User), Need("orgSourcedId", F.Org), Need("role", F.Role),
            Need("roleType", F.RoleType), May("beginDate", F.BeginDate), May("endDate", F.EndDate),
        ],
        RosterCollection.Enrollments =>
        [
            .. Common, Need("userSourcedId", F.User), Need("classSourcedId", F.Class), Need("schoolSourcedId", F.School),
            Need("role", F.Role), May("primary", F.Primary), May("beginDate", F.BeginDate), May("endDate", F.EndDate),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(collection)),
    };

    /// <summary>Whether the allow-list lets a column be read; a 1.1 user's role columns belong to the roles.</summary>
    public static bool Allows(this FieldAllowList allowed, RosterCollection collection, CsvColumn column) =>
        (collection, column.Field) switch
        {
            (RosterCollection.Users, F.Role) => allowed.Allows(RosterCollection.UserRoles, F.Role),
            (RosterCollection.Users, F.UserOrgs) => allowed.Allows(RosterCollection.UserRoles, F.Org),
            _ => allowed.Allows(collection, column.Field),
        };

    private static IEnumerable<CsvColumn> Common => [Need("sourcedId", F.SourcedId), May("status", F.Status)];

    private static CsvColumn Need(string name, RosterField field) => new(name, field, Required: true, List: false, null);

    private static CsvColumn May(string name, RosterField field) => new(name, field, Required: false, List: false, null);

    private static CsvColumn ListOf(string name, RosterField field) => new(name, field, Required: false, List: true, null);
}
