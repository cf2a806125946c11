namespace OneRoster.Validation.Checks;

/// <summary>Takes references that no row of the model holds.</summary>
internal interface IForeignIds
{
    /// <summary>The school year of the course in the line.</summary>
    void TakeCourseYear(ulong session, long line);

    /// <summary>An agent of the user in the line.</summary>
    void TakeAgent(ulong user, long line);
}
