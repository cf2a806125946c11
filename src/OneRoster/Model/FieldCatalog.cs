using F = OneRoster.Model.RosterField;

namespace OneRoster.Model;

/// <summary>
/// The fields that can be allowed, by collection: those that a row cannot exist without, and those that a host may add. The
/// names are those of the OneRoster 1.2 REST binding; <see cref="FieldAllowList"/> takes these names for both versions and bindings.
/// </summary>
internal static class FieldCatalog
{
    /// <summary>Names that no host may allow (personal data that the model has no place for), compared without case.</summary>
    private static readonly HashSet<string> Never = new(StringComparer.OrdinalIgnoreCase)
    {
        "givenName", "familyName", "middleName", "preferredFirstName", "preferredGivenName", "preferredMiddleName", "preferredLastName",
        "preferredFamilyName", "pronouns", "username", "userIds", "userId", "email", "sms", "phone", "password", "agents",
        "agentSourcedIds", "userProfiles", "userProfile", "userProfileSourcedId", "demographics", "demographic", "birthDate", "sex", "gender",
        "americanIndianOrAlaskaNative", "asian", "blackOrAfricanAmerican", "nativeHawaiianOrOtherPacificIslander", "white",
        "demographicRaceTwoOrMoreRaces", "hispanicOrLatinoEthnicity", "countryOfBirthCode", "stateOfBirthAbbreviation", "cityOfBirth",
        "publicSchoolResidenceStatus", "metadata", "resources", "address", "credentials",
    };

    public static IReadOnlyList<RosterField> Required(RosterCollection collection) => collection switch
    {
        RosterCollection.Orgs => [F.SourcedId, F.Status, F.Type],
        RosterCollection.AcademicSessions => [F.SourcedId, F.Status, F.Type, F.StartDate, F.EndDate, F.SchoolYear],
        RosterCollection.Courses => [F.SourcedId, F.Status],
        RosterCollection.Classes => [F.SourcedId, F.Status, F.Course, F.School, F.Terms],
        RosterCollection.Users => [F.SourcedId, F.Status, F.EnabledUser],
        RosterCollection.UserRoles => [F.User, F.Org, F.Role, F.RoleType],
        RosterCollection.Enrollments => [F.SourcedId, F.Status, F.User, F.Class, F.School, F.Role],
        _ => throw new ArgumentOutOfRangeException(nameof(collection)),
    };

    public static IReadOnlyList<RosterField> Optional(RosterCollection collection) => collection switch
    {
        RosterCollection.Orgs => [F.Parent, F.Name],
        RosterCollection.AcademicSessions => [F.Parent, F.Title],
        RosterCollection.Courses => [F.Title, F.Subjects, F.Org],
        RosterCollection.Classes => [F.Title, F.ClassType, F.Grades, F.Subjects],
        RosterCollection.Users => [F.UserMasterIdentifier, F.Identifier, F.Grades, F.PrimaryOrg],
        RosterCollection.UserRoles => [F.Status, F.BeginDate, F.EndDate],
        RosterCollection.Enrollments => [F.Primary, F.BeginDate, F.EndDate],
        _ => throw new ArgumentOutOfRangeException(nameof(collection)),
    };

    public static string NameOf(RosterField field)
    {
        var name = field.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    public static bool IsNever(string name) => Never.Contains(name);
}
