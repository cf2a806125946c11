namespace Gateway.Privacy;

/// <summary>
/// The first 128 bits of HMAC-SHA-256 under a district's key (P-1.2), kept as a <c>uuid</c>. Only <see cref="Pseudonymiser"/> makes one
/// from a raw identifier; stores accept nothing else.
/// </summary>
internal readonly record struct Pseudonym(Guid Value);

/// <summary>What a pseudonym stands for. Part of the hashed message, so that equal identifiers of two kinds never meet.</summary>
internal enum IdentifierKind : byte
{
    /// <summary>An LTI subject within its registration's namespace.</summary>
    Subject = 1,

    /// <summary>A person of the student information system, by sourcedId.</summary>
    SisPerson = 2,

    /// <summary>An organization of the roster.</summary>
    Org = 3,

    /// <summary>An academic session of the roster.</summary>
    AcademicSession = 4,

    /// <summary>A course of the roster.</summary>
    Course = 5,

    /// <summary>A class of the roster.</summary>
    Class = 6,

    /// <summary>One learner's one gradebook column: scores within it keep their order.</summary>
    ScoreLane = 7,

    /// <summary>An engine's Idempotency-Key: an engine may have made it of something personal.</summary>
    IdempotencyKey = 8,

    /// <summary>A person as LTI 1.1 named them, within the consumer key of then.</summary>
    LegacyUser = 9,

    /// <summary>What says that several records of the roster are one person .</summary>
    RosterPerson = 10,
}
