using Lti.Messages;

namespace Gateway.Privacy;

/// <summary>Where a launch's raw identifiers become pseudonyms.</summary>
internal static class PersonPseudonyms
{
    /// <summary>The LTI subject within its registration's namespace (the issuer, unless the administrator set another).</summary>
    public static Pseudonym OfSubject(this Pseudonymiser pseudonyms, string subjectNamespace, OpaqueIdentifier subject) =>
        pseudonyms.Of(IdentifierKind.Subject, System.Text.Encoding.UTF8.GetBytes(subjectNamespace), subject.ExposeUtf8());

    /// <summary>The person in the student information system; the same for a launch and a roster row.</summary>
    public static Pseudonym OfSisPerson(this Pseudonymiser pseudonyms, OpaqueIdentifier person) =>
        pseudonyms.OfSisPerson(person.ExposeUtf8());

    /// <summary>The person in the student information system, by the UTF-8 bytes of the sourcedId.</summary>
    public static Pseudonym OfSisPerson(this Pseudonymiser pseudonyms, ReadOnlySpan<byte> sourcedId) =>
        pseudonyms.Of(IdentifierKind.SisPerson, default, sourcedId);
}
