using System.Security.Cryptography;
using System.Text;
using Gateway.Privacy;
using Gateway.Privacy.Rosters;
using OneRoster.Model;

namespace Gateway.Tests.Privacy.Rosters;

public sealed class KnownPseudonymsTests
{
    private readonly DistrictKeyRing keys = new(1, 1, RandomNumberGenerator.GetBytes(32));

    [Fact]
    public void Many_identifiers_asked_for_in_any_order_have_the_pseudonyms_they_have_without_it()
    {
        var known = new KnownPseudonyms(keys);
        for (var n = 0; n < 300_000; n++)
        {
            // More than there is room for, and each comes again.
            var kind = n % 2 == 0 ? IdentifierKind.Class : IdentifierKind.SisPerson;
            var id = Id($"id-{n % 100_000}");
            Assert.Equal(keys.Pseudonyms.Of(kind, [], id.ExposeUtf8()), known.Of(kind, id));
        }
    }

    [Fact]
    public void One_identifier_of_two_kinds_has_two_pseudonyms()
    {
        var known = new KnownPseudonyms(keys);
        var (first, second) = (known.Of(IdentifierKind.Class, Id("1")), known.Of(IdentifierKind.Course, Id("1")));
        Assert.NotEqual(first, second);
        Assert.Equal(first, known.Of(IdentifierKind.Class, Id("1")));
    }

    private static SourcedId Id(string text)
    {
        Assert.True(SourcedId.TryCreate(Encoding.UTF8.GetBytes(text), out var id));
        return id;
    }
}
