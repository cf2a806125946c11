namespace Lti.Messages;

/// <summary>Names and address of a person, each null unless an allow-list asks for it. Prints nothing of them.</summary>
/// <param name="GivenName"><c>given_name</c>.</param>
/// <param name="FamilyName"><c>family_name</c>.</param>
/// <param name="FullName"><c>name</c>.</param>
/// <param name="Email"><c>email</c>.</param>
public sealed record PersonDetails(string? GivenName, string? FamilyName, string? FullName, string? Email)
{
    /// <summary>Nothing is known.</summary>
    public static PersonDetails None { get; } = new(null, null, null, null);

    /// <summary>Always the same text.</summary>
    public override string ToString() => OpaqueIdentifier.Withheld;
}
