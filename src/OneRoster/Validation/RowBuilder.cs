using OneRoster.Model;
using F = OneRoster.Model.RosterField;

namespace OneRoster.Validation;

/// <summary>Builds the rows of the model out of one record's fields. A record that lacks what its row needs yields none.</summary>
internal sealed class RowBuilder
{
    private readonly RosterCollection collection;
    private readonly FieldReader read;
    private readonly OneRosterVersion version;
    private readonly FindingSite site;
    private readonly bool withRoles;

    // withRoles: a user record holds the user's roles, and they are allowed.
    public RowBuilder(RosterCollection collection, OneRosterVersion version, RowFields fields, FindingSite site, bool withRoles)
    {
        this.collection = collection;
        this.version = version;
        this.site = site;
        this.withRoles = withRoles;
        read = new FieldReader(fields, site, version);
    }

    /// <summary>Appends the rows of the current record; <paramref name="roles"/> are a 1.2 REST user's <c>roles[]</c>.</summary>
    public void Build(List<RosterRow> rows, ReadOnlySpan<RowFields> roles)
    {
        RosterRow? row = collection switch
        {
            RosterCollection.Orgs => Org(),
            RosterCollection.AcademicSessions => AcademicSession(),
            RosterCollection.Courses => Course(),
            RosterCollection.Classes => Class(),
            RosterCollection.Users => User(),
            RosterCollection.UserRoles => UserRole(read, read.PersonId(F.User), read.Status()),
            _ => Enrollment(),
        };
        if (row is null)
            return;
        rows.Add(row);
        if (row is not User user || !withRoles)
            return;
        if (version == OneRosterVersion.V1P1 || (roles.IsEmpty && read.Has(F.Role)))
            AddRolesOf11(user, rows);
        foreach (var role in roles)
            if (UserRole(new FieldReader(role, site, version), user.Id, RosterStatus.Active) is { } userRole)
                rows.Add(userRole);
    }

    private Org? Org()
    {
        var (id, type) = (read.RequiredId(F.SourcedId), read.Required(F.Type, Vocabularies.OrgTypes));
        return id is null || type is null
            ? null
            : new Org(id.Value, read.Status(), type.Value, read.OptionalId(F.Parent), read.Text(F.Name));
    }

    private AcademicSession? AcademicSession()
    {
        var (id, type) = (read.RequiredId(F.SourcedId), read.Required(F.Type, Vocabularies.SessionTypes));
        var (start, end) = (read.RequiredDate(F.StartDate), read.RequiredDate(F.EndDate));
        end = read.EndAfter(start, end, F.EndDate, FindingSeverity.RowDropped);
        return id is null || type is null || start is null || end is null
            ? null
            : new AcademicSession(
                id.Value, read.Status(), type.Value, start.Value, end.Value, read.SchoolYear(), read.OptionalId(F.Parent), read.Text(F.Title));
    }

    private Course? Course() => read.RequiredId(F.SourcedId) is { } id
        ? new Course(id, read.Status(), read.Text(F.Title), read.Texts(F.Subjects), read.OptionalId(F.Org))
        : null;

    private Class? Class()
    {
        var (id, course, school, terms) = (read.RequiredId(F.SourcedId), read.RequiredId(F.Course), read.RequiredId(F.School), read.Ids(F.Terms));
        if (terms.Count == 0)
            read.Missing(F.Terms);
        return id is null || course is null || school is null || terms.Count == 0
            ? null
            : new Class(
                id.Value, read.Status(), read.Text(F.Title), course.Value, school.Value, terms,
                read.Optional(F.ClassType, Vocabularies.ClassTypes), read.Texts(F.Grades), read.Texts(F.Subjects));
    }

    private User? User()
    {
        var (id, enabled) = (read.PersonId(F.SourcedId), read.RequiredBoolean(F.EnabledUser));
        return id is null || enabled is null
            ? null
            : new User(id.Value, read.Status(), enabled.Value, read.MasterIdentifier(), read.Texts(F.Grades), read.OptionalId(F.PrimaryOrg),
                read.Identifier());
    }

    private static UserRole? UserRole(FieldReader read, SourcedId? user, RosterStatus status)
    {
        var (org, role) = (read.RequiredId(F.Org), read.Required(F.Role, Vocabularies.UserRoles));
        var type = read.Required(F.RoleType, Vocabularies.RoleTypes);
        var (begin, end) = (read.OptionalDate(F.BeginDate), read.OptionalDate(F.EndDate));
        end = read.EndAfter(begin, end, F.EndDate, FindingSeverity.ValueDropped);
        return user is null || org is null || role is null || type is null
            ? null
            : new UserRole(user.Value, status, org.Value, role.Value, type.Value, begin, end);
    }

    /// <summary>1.1 has one role that a user holds in each of its orgs; the first org is the main one.</summary>
    private void AddRolesOf11(User user, List<RosterRow> rows)
    {
        var (role, orgs) = (read.Required(F.Role, Vocabularies.UserRoles), read.Ids(F.UserOrgs));
        if (orgs.Count == 0)
            read.Missing(F.UserOrgs, FindingSeverity.ValueDropped);
        if (role is null)
            return;
        for (var i = 0; i < orgs.Count; i++)
        {
            var type = i == 0 ? RoleType.Primary : RoleType.Secondary;
            rows.Add(new UserRole(user.Id, RosterStatus.Active, orgs[i], role.Value, type, null, null));
        }
    }

    private Enrollment? Enrollment()
    {
        var (id, user, @class) = (read.RequiredId(F.SourcedId), read.PersonId(F.User), read.RequiredId(F.Class));
        var (school, role) = (read.RequiredId(F.School), read.Required(F.Role, Vocabularies.EnrollmentRoles));
        var (begin, end) = (read.OptionalDate(F.BeginDate), read.OptionalDate(F.EndDate));
        end = read.EndAfter(begin, end, F.EndDate, FindingSeverity.ValueDropped);
        return id is null || user is null || @class is null || school is null || role is null
            ? null
            : new Enrollment(
                id.Value, read.Status(), user.Value, @class.Value, school.Value, role.Value, read.OptionalBoolean(F.Primary), begin, end);
    }
}
