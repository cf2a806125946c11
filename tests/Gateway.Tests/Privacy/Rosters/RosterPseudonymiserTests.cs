using System.Security.Cryptography;
using System.Text;
using Gateway.Privacy;
using Gateway.Privacy.Rosters;
using OneRoster.Model;

namespace Gateway.Tests.Privacy.Rosters;

public sealed class RosterPseudonymiserTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [Trait("Requirement", "P-1.4")]
    [Trait("Requirement", "R-3.5")]
    public void Grades_that_were_read_to_choose_students_are_staged_only_where_they_may_be_kept(bool given, bool staged)
    {
        var reading = new RosterReading(ChosenGrades.Of(["9"]), SamePersonRule.None, given ? [SharedField.Grades] : [SharedField.ClassTitle, SharedField.School, SharedField.Subjects]);
        Assert.True(SourcedId.TryCreate(Encoding.UTF8.GetBytes("made-up"), out var id));

        var user = new RosterPseudonymiser(new DistrictKeyRing(1, 1, RandomNumberGenerator.GetBytes(32)), reading)
            .Of(new User(id, RosterStatus.Active, true, null, ["09"], null, null));

        Assert.True(user.Chosen);
        Assert.Equal(staged ? ["09"] : null, user.Grades);
    }

    [Theory]
    [InlineData("after:-", "north-4711", true)]
    [InlineData("after:-", "north-null", false)]
    [InlineData("after:-", "north-0", false)]
    [InlineData("before:/", "unknown/north", false)]
    [InlineData("before:/", "4711/north", true)]
    [Trait("Requirement", "T-3")]
    public void Part_of_an_id_that_is_nobodys_ties_no_records_together(string rule, string sourcedId, bool tied)
    {
        Assert.True(SourcedId.TryCreate(Encoding.UTF8.GetBytes(sourcedId), out var id));

        var person = SamePersonRule.Parse(rule)!.PersonOf(new User(id, RosterStatus.Active, true, null, [], null, null), new DistrictKeyRing(1, 1, RandomNumberGenerator.GetBytes(32)));

        Assert.Equal(tied, person is not null);
    }
}
