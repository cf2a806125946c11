namespace Gateway.Privacy;

/// <summary>
/// The pseudonym of a person of the student information system. A launch that carries the SIS id and a roster's user row both come
/// here, so that they meet in one learner: the UTF-8 bytes of the id as sent, nothing trimmed or folded, no namespace.
/// </summary>
internal static class SisPerson
{
    public static Pseudonym Of(DistrictKeyRing keys, ReadOnlySpan<byte> sourcedId) =>
        keys.Pseudonyms.Of(IdentifierKind.SisPerson, scope: [], sourcedId);
}
