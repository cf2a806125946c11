using Lti.Messages;

namespace Gateway.Privacy;

/// <summary>Where a launch's raw identifiers become pseudonyms.</summary>
internal static class PersonPseudonyms
{
    /// <summary>The same person under the other versions of the district's key; none, but after a rotation.</summary>
    /// <param name="keys">The district's.</param>
    /// <param name="subjectNamespace">The registration's.</param>
    /// <param name="message">The launch.</param>
    public static IReadOnlyList<Rekeyed> UnderOthers(this DistrictKeyRing keys, string subjectNamespace, LaunchMessage message)
    {
        if (keys.Others.Count == 0)
            return [];
        var rekeyed = new List<Rekeyed>();
        foreach (var other in keys.Others)
        {
            if (message.Subject is { } subject)
                rekeyed.Add(new(IdentifierKind.Subject, other.OfSubject(subjectNamespace, subject), keys.OfSubject(subjectNamespace, subject)));
            if (message.SisPersonId is { } person)
                rekeyed.Add(new(IdentifierKind.SisPerson, other.OfSisPerson(person), keys.OfSisPerson(person)));
            if (message.LegacyUser is { } legacy)
                rekeyed.Add(new(IdentifierKind.LegacyUser, other.OfLegacyUser(legacy), keys.OfLegacyUser(legacy)));
            if (message.SubmissionUser is { } reviewed)
                rekeyed.Add(new(IdentifierKind.Subject, other.OfSubject(subjectNamespace, reviewed), keys.OfSubject(subjectNamespace, reviewed)));
        }

        return rekeyed;
    }

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
