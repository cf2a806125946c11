namespace OneRoster.Model;

/// <summary>Every field that a reader can read. What is not here cannot become a value, whatever an allow-list says.</summary>
internal enum RosterField
{
    SourcedId,
    Status,
    Type,
    Parent,
    Name,
    Title,
    StartDate,
    EndDate,
    SchoolYear,
    Org,
    Subjects,
    Course,
    School,
    Terms,
    ClassType,
    Grades,
    EnabledUser,
    UserMasterIdentifier,
    Identifier,
    PrimaryOrg,
    User,
    Role,
    RoleType,
    BeginDate,
    Class,
    Primary,

    /// <summary>The list of a 1.1 user's organisations; read under the permission for the org of a role.</summary>
    UserOrgs,
}
