namespace OneRoster.Model;

/// <summary>Whether a record is in use (OneRoster "status").</summary>
public enum RosterStatus
{
    /// <summary><c>active</c>; also what a blank means, as in bulk CSV.</summary>
    Active,

    /// <summary><c>tobedeleted</c>, and the older <c>inactive</c>.</summary>
    ToBeDeleted,
}

/// <summary>What an organisation is (OneRoster "OrgType").</summary>
public enum OrgType
{
    /// <summary>A department inside a school or district.</summary>
    Department,

    /// <summary>A district.</summary>
    District,

    /// <summary>A local authority.</summary>
    Local,

    /// <summary>A nation.</summary>
    National,

    /// <summary>A school.</summary>
    School,

    /// <summary>A state or province.</summary>
    State,

    /// <summary>A type of the source's own (<c>ext:…</c>, 1.2), which is not kept.</summary>
    Extension,
}

/// <summary>What an academic session is (OneRoster "SessionType").</summary>
public enum SessionType
{
    /// <summary>A grading period inside a term or semester.</summary>
    GradingPeriod,

    /// <summary>A semester.</summary>
    Semester,

    /// <summary>A school year.</summary>
    SchoolYear,

    /// <summary>A term.</summary>
    Term,

    /// <summary>A type of the source's own (<c>ext:…</c>, 1.2), which is not kept.</summary>
    Extension,
}

/// <summary>What a class is (OneRoster "ClassType").</summary>
public enum ClassType
{
    /// <summary>A home room.</summary>
    Homeroom,

    /// <summary>A class on the timetable.</summary>
    Scheduled,

    /// <summary>A type of the source's own (<c>ext:…</c>, 1.2), which is not kept.</summary>
    Extension,
}

/// <summary>What a person is in an organisation or a class: the union of both versions' vocabularies.</summary>
public enum RosterRole
{
    /// <summary>1.1 only, and enrollments in both versions.</summary>
    Administrator,

    /// <summary>An aide.</summary>
    Aide,

    /// <summary>1.2 only.</summary>
    Counselor,

    /// <summary>1.2 only.</summary>
    DistrictAdministrator,

    /// <summary>A guardian.</summary>
    Guardian,

    /// <summary>A parent.</summary>
    Parent,

    /// <summary>1.2 only.</summary>
    Principal,

    /// <summary>A proctor.</summary>
    Proctor,

    /// <summary>A relative.</summary>
    Relative,

    /// <summary>1.2 only.</summary>
    SiteAdministrator,

    /// <summary>A student.</summary>
    Student,

    /// <summary>1.2 only.</summary>
    SystemAdministrator,

    /// <summary>A teacher.</summary>
    Teacher,

    /// <summary>A role of the source's own (<c>ext:…</c>, 1.2), which is not kept.</summary>
    Extension,
}

/// <summary>Whether a role is the one a person mainly has (OneRoster 1.2 "RoleType").</summary>
public enum RoleType
{
    /// <summary>The main role. In 1.1: the role in the first organisation listed.</summary>
    Primary,

    /// <summary>A further role.</summary>
    Secondary,
}
