using System.Text;
using Launch = Lti.Messages.PlaceholderId;
using Roster = OneRoster.Model.PlaceholderId;

namespace Gateway.Tests.Launches;

/// <summary>Launches and rosters agree on what is nobody's id; the two libraries share no code.</summary>
[Trait("Requirement", "T-3")]
public sealed class PlaceholderRulesTests
{
    [Fact]
    public void Both_know_the_same_words() => Assert.Equal(Launch.Words, Roster.Words);

    [Fact]
    public void Both_judge_alike_whatever_stands_around_a_word()
    {
        string[] cores = ["", "0", "00", "1", "7a", "null", "NULL", "$", "$Person.sourcedId", "a$b", "12-$User.id", "@X@user.id@X@", "\u00e9", "-1", "x", .. Launch.Words];
        string[] signs = ["", " ", "-", "\u00a0", "#", "'", "a", "0", "9", "$", "\u200b"];
        foreach (var text in from core in cores from before in signs from after in signs select before + core + after)
            Assert.True(Launch.Is(Encoding.UTF8.GetBytes(text)) == Roster.Is(Encoding.UTF8.GetBytes(text)), text);
    }

    [Fact]
    public void Both_judge_alike_whatever_the_bytes_are()
    {
        var random = new Random(4711);
        var bytes = new byte[12];
        for (var round = 0; round < 20_000; round++)
        {
            random.NextBytes(bytes);
            var some = bytes.AsSpan(0, round % 13);
            Assert.Equal(Launch.Is(some), Roster.Is(some));
        }
    }
}
