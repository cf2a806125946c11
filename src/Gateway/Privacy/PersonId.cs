using Lti.Messages;

namespace Gateway.Privacy;

/// <summary>
/// Whom a district asks about: the person's id at one of its platforms, or in its student information system. It is hashed and forgotten:
/// as text it shows nothing, and nothing stores it.
/// </summary>
internal sealed class PersonId
{
    private const int LongestId = 1024;

    private PersonId(int? platform, OpaqueIdentifier id) => (Platform, Id) = (platform, id);

    /// <summary>The registration's number, whose subject the id is; null: an id of the student information system.</summary>
    public int? Platform { get; }

    public OpaqueIdentifier Id { get; }

    /// <param name="utf8">What was entered; line ends behind it do not count.</param>
    /// <param name="platform">The platform whose id it is; null for the student information system's.</param>
    public static Outcome<PersonId> Read(ReadOnlySpan<byte> utf8, int? platform)
    {
        var id = utf8.TrimEnd("\r\n"u8);
        return id.Length is 0 or > LongestId
            ? new Failure("person.id_invalid", $"A person's id is 1 to {LongestId} bytes: give it as the platform or the student information system writes it, or a file with it.")
            : new PersonId(platform, OpaqueIdentifier.FromUtf8(id));
    }

    public override string ToString() => nameof(PersonId);
}
