using System.Security.Cryptography;
using System.Text;
using Gateway.Privacy;
using Lti.Messages;

namespace Gateway.Tests.Privacy;

[Trait("Requirement", "P-1.2")]
public sealed class PseudonymTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    // Computed with another program (Python's hmac): kind ‖ length ‖ namespace ‖ length ‖ identifier, the first 16 bytes.
    [Theory]
    [InlineData(IdentifierKind.Subject, "https://lms.example", "user-1", "869ee751-56b7-7dbd-676b-c903482860e3")]
    [InlineData(IdentifierKind.Subject, "https://lms.example", "Zoë", "d8b89336-1065-8fa9-0bf5-f7fcc19488cd")]
    [InlineData(IdentifierKind.Subject, "", "user-1", "7d6d3969-1676-a936-851c-b0c4b6869f39")]
    [InlineData(IdentifierKind.SisPerson, "", "user-1", "aac491e7-0f70-864b-3f3f-03536c171e19")]
    [InlineData(IdentifierKind.Class, "", "user-1", "8bdf1aff-4496-c8fe-f6b4-42df02284605")]
    [InlineData(IdentifierKind.ScoreLane, "https://lms.example/lineitems/1", "user-1", "47956b68-c877-dc55-b1ab-959957d25500")]
    internal void Pseudonym_is_the_keyed_hash_that_the_decision_says(IdentifierKind kind, string scope, string identifier, string expected) =>
        Assert.Equal(Guid.Parse(expected), Of(kind, scope, identifier).Value);

    [Fact]
    public void Long_identifiers_are_hashed_as_a_whole() =>
        Assert.Equal(Guid.Parse("05834016-5b34-fe49-f276-13b045d8477d"), Of(IdentifierKind.Subject, new string('x', 300), new string('y', 600)).Value);

    [Fact]
    public void Key_ring_derives_its_pseudonym_key_from_the_root_key() =>
        Assert.Equal(Guid.Parse("3d68298d-d538-e13f-ecec-8472e495abb4"), SisPerson.Of(new DistrictKeyRing(1, 1, Key), "student-1"u8).Value);

    [Fact]
    public void Kind_namespace_and_identifier_cannot_be_mistaken_for_each_other()
    {
        (string Scope, string Identifier)[] pairs = [("a", "bc"), ("ab", "c"), ("abc", ""), ("", "abc"), ("", "\0\0\0\u0003abc"), ("\0\0\0\u0003abc", "")];
        var all = Enum.GetValues<IdentifierKind>().SelectMany(kind => pairs.Select(pair => Of(kind, pair.Scope, pair.Identifier))).ToList();

        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [Fact]
    public void One_person_is_another_pseudonym_in_another_district_and_another_namespace()
    {
        var (one, other) = (new DistrictKeyRing(1, 1, RandomNumberGenerator.GetBytes(32)), new DistrictKeyRing(2, 1, RandomNumberGenerator.GetBytes(32)));
        var subject = OpaqueIdentifier.FromUtf8("user-1"u8);

        Assert.NotEqual(one.OfSubject("https://lms.example", subject), other.OfSubject("https://lms.example", subject));
        Assert.NotEqual(one.OfSubject("https://lms.example", subject), one.OfSubject("https://lms.example/2", subject));
        Assert.Equal(one.OfSubject("https://lms.example", subject), one.OfSubject("https://lms.example", subject));
    }

    [Fact]
    public void A_launch_and_a_roster_row_give_one_pseudonym()
    {
        var ring = new DistrictKeyRing(1, 1, Key);
        Assert.Equal(SisPerson.Of(ring, "student-1"u8), ring.OfSisPerson(OpaqueIdentifier.FromUtf8("student-1"u8)));
    }

    [Fact]
    public void Pseudonym_is_no_plain_hash()
    {
        var plain = SHA256.HashData("user-1"u8);
        var pseudonyms = Enum.GetValues<IdentifierKind>().Select(kind => Of(kind, "", "user-1").Value).ToList();

        Assert.DoesNotContain(new Guid(plain.AsSpan(0, 16), bigEndian: true), pseudonyms);
        Assert.DoesNotContain(new Guid(plain.AsSpan(0, 16)), pseudonyms);
    }

    private static Pseudonym Of(IdentifierKind kind, string scope, string identifier) =>
        new Pseudonymiser(Key).Of(kind, Encoding.UTF8.GetBytes(scope), Encoding.UTF8.GetBytes(identifier));
}
