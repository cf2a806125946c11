using OneRoster.Model;
using OneRoster.Validation;

namespace OneRoster.Tests;

/// <summary>Remembers what a source reports.</summary>
internal sealed class Observer : IRosterObserver
{
    public List<RosterFinding> Findings { get; } = [];

    public Dictionary<RosterCollection, long> Rows { get; } = [];

    public void Report(RosterFinding finding) => Findings.Add(finding);

    public List<RosterCollection> Restarts { get; } = [];

    public void Progress(RosterCollection collection, long rows, long? expected) => Rows[collection] = rows;

    public void Restarted(RosterCollection collection) => Restarts.Add(collection);
}

internal static class Reading
{
    /// <summary>Every row that holds: those of a collection that was read again are dropped.</summary>
    public static async Task<List<RosterRow>> ReadAllAsync(this IRosterSource source, IRosterObserver observer, FieldAllowList? allowed = null)
    {
        var rows = new List<RosterRow>();
        var voided = (observer as Observer)?.Restarts.Count ?? 0;
        await foreach (var row in source.ReadAsync(allowed ?? Allowed.Everything, observer, TestContext.Current.CancellationToken))
        {
            DropVoid();
            rows.Add(row);
        }

        DropVoid();
        return rows;

        void DropVoid()
        {
            for (; observer is Observer seen && voided < seen.Restarts.Count; voided++)
                rows.RemoveAll(row => row.Collection == seen.Restarts[voided] || (seen.Restarts[voided] == RosterCollection.Users && row is UserRole));
        }
    }

    /// <summary>A row in full, ids exposed: for comparing and asserting.</summary>
    public static string Describe(RosterRow row) => row switch
    {
        Org o => $"org {Id(o.Id)} {o.Status} {o.Type} parent={Id(o.Parent)} name={o.Name}",
        AcademicSession s => $"session {Id(s.Id)} {s.Status} {s.Type} {s.Start:O} {s.End:O} {s.SchoolYear} parent={Id(s.Parent)} title={s.Title}",
        Course c => $"course {Id(c.Id)} {c.Status} title={c.Title} subjects={string.Join('|', c.Subjects)} org={Id(c.Org)}",
        Class c => $"class {Id(c.Id)} {c.Status} title={c.Title} course={Id(c.Course)} school={Id(c.School)} terms={string.Join('|', c.Terms.Select(t => Id(t)))} {c.ClassType} grades={string.Join('|', c.Grades)} subjects={string.Join('|', c.Subjects)}",
        User u => $"user {Id(u.Id)} {u.Status} enabled={u.Enabled} master={(u.MasterIdentifier is { } m ? System.Text.Encoding.UTF8.GetString(m.ExposeUtf8()) : "")} grades={string.Join('|', u.Grades)} org={Id(u.PrimaryOrg)}",
        UserRole r => $"role {Id(r.User)} {r.Status} {Id(r.Org)} {r.Role} {r.RoleType} {r.Begin:O} {r.End:O}",
        Enrollment e => $"enrollment {Id(e.Id)} {e.Status} {Id(e.User)} {Id(e.Class)} {Id(e.School)} {e.Role} primary={e.Primary} {e.Begin:O} {e.End:O}",
        _ => throw new InvalidOperationException(),
    };

    private static string Id(SourcedId? id) => id?.ExposeText() ?? "";
}

internal static class Allowed
{
    public static readonly (RosterCollection, string)[] Least =
    [
        .. Fields(RosterCollection.Orgs, "sourcedId", "status", "type"),
        .. Fields(RosterCollection.AcademicSessions, "sourcedId", "status", "type", "startDate", "endDate", "schoolYear"),
        .. Fields(RosterCollection.Courses, "sourcedId", "status"),
        .. Fields(RosterCollection.Classes, "sourcedId", "status", "course", "school", "terms"),
        .. Fields(RosterCollection.Users, "sourcedId", "status", "enabledUser"),
        .. Fields(RosterCollection.UserRoles, "user", "org", "role", "roleType"),
        .. Fields(RosterCollection.Enrollments, "sourcedId", "status", "user", "class", "school", "role"),
    ];

    /// <summary>Everything that both versions have.</summary>
    public static readonly (RosterCollection, string)[] InBothVersions =
    [
        .. Least,
        .. Fields(RosterCollection.Orgs, "parent", "name"),
        .. Fields(RosterCollection.AcademicSessions, "parent", "title"),
        .. Fields(RosterCollection.Courses, "title", "subjects", "org"),
        .. Fields(RosterCollection.Classes, "title", "classType", "grades", "subjects"),
        .. Fields(RosterCollection.Users, "grades"),
        .. Fields(RosterCollection.Enrollments, "primary", "beginDate", "endDate"),
    ];

    public static readonly FieldAllowList Everything = FieldAllowList.Create(
    [
        .. InBothVersions,
        .. Fields(RosterCollection.Users, "userMasterIdentifier", "primaryOrg"),
        .. Fields(RosterCollection.UserRoles, "status", "beginDate", "endDate"),
    ]);

    private static IEnumerable<(RosterCollection, string)> Fields(RosterCollection collection, params string[] names) =>
        names.Select(name => (collection, name));
}
