using System.Security.Cryptography;
using Gateway.Privacy;

namespace Gateway.Tests.Privacy;

public sealed class EngineIdsTests
{
    private readonly EngineIds ids = new(RandomNumberGenerator.GetBytes(32));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(int.MaxValue, long.MaxValue)]
    [InlineData(7, 0)]
    public void Id_leads_back_to_its_row(int district, long row)
    {
        foreach (var kind in Enum.GetValues<EngineIdKind>())
        {
            var id = ids.Of(kind, district, row);
            Assert.Equal(22, id.Length);
            Assert.Equal(id, ids.Of(kind, district, row));
            Assert.Equal(row, ids.RowOf(kind, district, id));
        }
    }

    [Fact]
    public void Id_of_another_kind_or_district_leads_nowhere()
    {
        var id = ids.Of(EngineIdKind.Learner, 1, 42);
        Assert.Null(ids.RowOf(EngineIdKind.Class, 1, id));
        Assert.Null(ids.RowOf(EngineIdKind.Learner, 2, id));
    }

    [Fact]
    public void Two_engines_see_different_ids_and_cannot_use_each_others()
    {
        var other = new EngineIds(RandomNumberGenerator.GetBytes(32));
        for (var row = 0L; row < 200; row++)
        {
            var id = ids.Of(EngineIdKind.Learner, 1, row);
            Assert.NotEqual(id, other.Of(EngineIdKind.Learner, 1, row));
            Assert.Null(other.RowOf(EngineIdKind.Learner, 1, id));
        }
    }

    [Fact]
    public void Id_altered_in_any_character_leads_nowhere()
    {
        // The last character has bits to spare: another spelling of the same bytes is no id either.
        var id = ids.Of(EngineIdKind.Learner, 1, 42);
        for (var i = 0; i < id.Length; i++)
            foreach (var c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".Where(c => c != id[i]))
                Assert.Null(ids.RowOf(EngineIdKind.Learner, 1, $"{id[..i]}{c}{id[(i + 1)..]}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("                      ")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Garbage_leads_nowhere_and_never_throws(string id) => Assert.Null(ids.RowOf(EngineIdKind.Learner, 1, id));
}
