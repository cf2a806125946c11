using OneRoster.Model;

namespace OneRoster.Validation;

/// <summary>The vocabularies of both versions, united where one only adds words.</summary>
internal static class Vocabularies
{
    // "inactive" is 1.0's word for tobedeleted, still sent by old systems.
    public static readonly Vocabulary<RosterStatus> Status = new(
        null, ("active", RosterStatus.Active), ("tobedeleted", RosterStatus.ToBeDeleted), ("inactive", RosterStatus.ToBeDeleted));

    public static readonly Vocabulary<OrgType> OrgTypes = new(
        OrgType.Extension,
        ("school", OrgType.School), ("district", OrgType.District), ("department", OrgType.Department),
        ("local", OrgType.Local), ("national", OrgType.National), ("state", OrgType.State));

    public static readonly Vocabulary<SessionType> SessionTypes = new(
        SessionType.Extension,
        ("term", SessionType.Term), ("semester", SessionType.Semester),
        ("schoolYear", SessionType.SchoolYear), ("gradingPeriod", SessionType.GradingPeriod));

    public static readonly Vocabulary<ClassType> ClassTypes = new(
        ClassType.Extension, ("scheduled", ClassType.Scheduled), ("homeroom", ClassType.Homeroom));

    public static readonly Vocabulary<RoleType> RoleTypes = new(null, ("primary", RoleType.Primary), ("secondary", RoleType.Secondary));

    public static readonly Vocabulary<RosterRole> UserRoles = new(
        RosterRole.Extension,
        ("student", RosterRole.Student), ("teacher", RosterRole.Teacher), ("parent", RosterRole.Parent), ("guardian", RosterRole.Guardian),
        ("relative", RosterRole.Relative), ("aide", RosterRole.Aide), ("administrator", RosterRole.Administrator),
        ("proctor", RosterRole.Proctor), ("counselor", RosterRole.Counselor), ("principal", RosterRole.Principal),
        ("districtAdministrator", RosterRole.DistrictAdministrator), ("siteAdministrator", RosterRole.SiteAdministrator),
        ("systemAdministrator", RosterRole.SystemAdministrator));

    public static readonly Vocabulary<RosterRole> EnrollmentRoles = new(
        RosterRole.Extension,
        ("student", RosterRole.Student), ("teacher", RosterRole.Teacher),
        ("administrator", RosterRole.Administrator), ("proctor", RosterRole.Proctor));
}
