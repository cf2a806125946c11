namespace OneRoster.Validation.Checks;

/// <summary>What is remembered of a row.</summary>
[Flags]
internal enum Known : ushort
{
    None = 0,

    /// <summary>In use, not to be deleted.</summary>
    Active = 1,

    /// <summary>The row itself was dropped: what refers to it is not to blame.</summary>
    Broken = 2,

    /// <summary>An organisation of the type school.</summary>
    School = 4,

    /// <summary>A class of which all terms have ended.</summary>
    Ended = 8,

    /// <summary>A class with somebody who is no student.</summary>
    Taught = 16,

    /// <summary>A class with a student.</summary>
    Attended = 32,

    /// <summary>A person who is a student somewhere.</summary>
    Student = 64,

    /// <summary>A person who is something else than a student somewhere.</summary>
    Adult = 128,

    /// <summary>A student in a class.</summary>
    Enrolled = 256,

    /// <summary>A person who is a teacher somewhere.</summary>
    Teacher = 512,
}

/// <summary>What is remembered of any row.</summary>
internal interface IKnown
{
    Known Flags { get; set; }
}

internal record struct KnownOrg(Known Flags, uint Line, ulong Parent) : IKnown;

internal record struct KnownSession(Known Flags, uint Line, ulong Parent, int Start, int End) : IKnown;

internal record struct KnownCourse(Known Flags) : IKnown;

internal record struct KnownClass(Known Flags, uint Line, ulong School) : IKnown;

internal record struct KnownUser(Known Flags, uint Line) : IKnown;

/// <summary>The ids of a package as hashes, with the little that other rows need to know of them.</summary>
internal sealed class KnownRows
{
    public CompactMap<KnownOrg> Orgs { get; } = new();

    public CompactMap<KnownSession> Sessions { get; } = new();

    public CompactMap<KnownCourse> Courses { get; } = new();

    public CompactMap<KnownClass> Classes { get; } = new();

    public CompactMap<KnownUser> Users { get; } = new();

    public CompactMap<Nothing> Roles { get; } = new();

    public CompactMap<Nothing> PrimaryRoles { get; } = new();

    /// <summary>How many users have a value in common that says that they are one person.</summary>
    public CompactMap<int> MasterIdentifiers { get; } = new();

    public CompactMap<Nothing> Enrollments { get; } = new();

    /// <summary>Who is in which class as what.</summary>
    public CompactMap<Nothing> Places { get; } = new();
}
