using Lti.Messages;

namespace Gateway.Privacy;

/// <summary>Where a launch's raw identifiers become pseudonyms.</summary>
internal static class PersonPseudonyms
{
    /// <summary>The LTI subject within its registration's namespace (the issuer, unless the administrator set another).</summary>
    public static Pseudonym OfSubject(this DistrictKeyRing keys, string subjectNamespace, OpaqueIdentifier subject) =>
        keys.Pseudonyms.Of(IdentifierKind.Subject, System.Text.Encoding.UTF8.GetBytes(subjectNamespace), subject.ExposeUtf8());

    /// <summary>The person as LTI 1.1 named them, within the consumer key of then.</summary>
    public static Pseudonym OfLegacyUser(this DistrictKeyRing keys, LegacyUser user) =>
        keys.Pseudonyms.Of(IdentifierKind.LegacyUser, System.Text.Encoding.UTF8.GetBytes(user.ConsumerKey), user.Id.ExposeUtf8());

    /// <summary>The person in the student information system; the same for a launch and a roster row.</summary>
    public static Pseudonym OfSisPerson(this DistrictKeyRing keys, OpaqueIdentifier person) =>
        SisPerson.Of(keys, person.ExposeUtf8());
}
