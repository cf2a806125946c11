namespace Gateway.Privacy;

/// <summary>What a district may give to an engine (P-1.4): besides pseudonymous ids and who is in which class, nothing else can be given.</summary>
internal enum SharedField
{
    /// <summary>Whether somebody is a student or a teacher. On unless the district switches it off.</summary>
    Role,

    /// <summary>The grade levels of students and classes.</summary>
    Grades,

    /// <summary>The titles of classes.</summary>
    ClassTitle,

    /// <summary>Schools, their names, and the school of a class.</summary>
    School,

    /// <summary>The subjects of classes.</summary>
    Subjects,

    /// <summary>Terms, their first and last days, and the terms of a class.</summary>
    TermDates,
}
