using System.Text;
using OneRoster.Model;
using F = OneRoster.Model.RosterField;

namespace OneRoster.Rest;

/// <summary>A property that may be read.</summary>
internal sealed record RestProperty(string Name, RosterField Field)
{
    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(Name);

    /// <summary>Whether its value is a reference (<c>{href, sourcedId, type}</c>) or a list of them.</summary>
    public bool Reference { get; } = Field is F.Parent or F.Org or F.Course or F.School or F.Terms or F.PrimaryOrg or F.User or F.Class or F.UserOrgs;

    /// <summary>Whether it is read where a server sends it, and not asked for: a property of another version.</summary>
    public bool Unasked { get; init; }

    public bool List { get; } = Field is F.Terms or F.Grades or F.Subjects or F.UserOrgs;
}

/// <summary>Which path and properties hold a collection in the REST bindings 1.1 and 1.2.</summary>
internal static class RestSchema
{
    /// <summary>The path segment, which is also the wrapper key of the answer.</summary>
    public static string PathOf(RosterCollection collection) => collection switch
    {
        RosterCollection.Orgs => "orgs",
        RosterCollection.AcademicSessions => "academicSessions",
        RosterCollection.Courses => "courses",
        RosterCollection.Classes => "classes",
        RosterCollection.Users => "users",
        RosterCollection.Enrollments => "enrollments",
        _ => throw new ArgumentOutOfRangeException(nameof(collection)),
    };

    /// <summary>The path that the specification gives the binding, for a base URL that is only a host.</summary>
    public static string StandardPath(OneRosterVersion version) =>
        version == OneRosterVersion.V1P1 ? "ims/oneroster/v1p1/" : "ims/oneroster/rostering/v1p2/";

    /// <summary>The allowed properties of a record.</summary>
    public static RestProperty[] Properties(RosterCollection collection, OneRosterVersion version, FieldAllowList allowed)
    {
        IEnumerable<RosterField> fields = FieldCatalog.Required(collection).Concat(FieldCatalog.Optional(collection))
            .Where(field => allowed.Allows(collection, field));
        RestProperty[] older = allowed.Allows(RosterCollection.UserRoles) ? [new("role", F.Role), new("orgs", F.UserOrgs)] : [];
        if (collection != RosterCollection.Users)
            return [.. fields.Select(field => new RestProperty(FieldCatalog.NameOf(field), field))];

        // Some 1.2 servers send users as they were in 1.1.
        if (version == OneRosterVersion.V1P2)
            return [.. fields.Select(field => new RestProperty(FieldCatalog.NameOf(field), field)), .. older.Select(property => property with { Unasked = true })];

        // 1.1 information model: a user has one role, and orgs; it has neither a master identifier nor a primary org.
        var properties = fields.Where(field => field is not (F.UserMasterIdentifier or F.PrimaryOrg))
            .Select(field => new RestProperty(FieldCatalog.NameOf(field), field));
        return [.. properties, .. older];
    }

    /// <summary>The allowed properties of an element of a 1.2 user's <c>roles</c>; empty where there are none.</summary>
    public static RestProperty[] RoleProperties(RosterCollection collection, OneRosterVersion version, FieldAllowList allowed) =>
        collection != RosterCollection.Users || version == OneRosterVersion.V1P1
            ? []
            : [.. new[] { F.Org, F.Role, F.RoleType, F.BeginDate, F.EndDate }
                .Where(field => allowed.Allows(RosterCollection.UserRoles, field))
                .Select(field => new RestProperty(FieldCatalog.NameOf(field), field))];
}
