using Gateway.Privacy;
using Gateway.Privacy.Rosters;
using OneRoster.Model;

namespace Gateway.Tests.Privacy.Rosters;

[Trait("Requirement", "P-1.1")]
[Trait("Requirement", "P-1.4")]
public sealed class RosterAllowListTests
{
    private static readonly string[] Optional =
        ["orgs name", "academicSessions title", "courses title", "courses subjects", "classes title", "classes subjects", "classes grades", "users grades", "users userMasterIdentifier", "users primaryOrg"];

    [Theory]
    [InlineData(SharedField.Role, "")]
    [InlineData(SharedField.TermDates, "")]
    [InlineData(SharedField.Grades, "classes grades, users grades")]
    [InlineData(SharedField.ClassTitle, "classes title")]
    [InlineData(SharedField.School, "orgs name")]
    [InlineData(SharedField.Subjects, "classes subjects")]
    public void Each_field_that_is_switched_on_adds_what_belongs_to_it_and_nothing_else(object field, string read) =>
        Assert.Equal(read, ReadOf(RosterReading.Default with { Shared = [(SharedField)field] }));

    [Fact]
    public void Switched_on_altogether_they_add_what_is_listed_and_never_a_title_of_a_term_or_a_course() => Assert.Equal(
        "orgs name, classes title, classes subjects, classes grades, users grades", ReadOf(RosterReading.Default with { Shared = [.. Enum.GetValues<SharedField>()] }));

    [Fact]
    [Trait("Requirement", "R-3.5")]
    public void A_choice_of_grades_reads_those_of_people_alone_and_lets_nothing_be_kept()
    {
        var reading = RosterReading.Default with { Grades = ChosenGrades.Of(["9"]) };

        Assert.Equal("users grades", ReadOf(reading));
        Assert.DoesNotContain(Enum.GetValues<SharedField>(), reading.Keeps);
    }

    [Fact]
    public void Nothing_switched_on_reads_the_list_and_nothing_else()
    {
        var list = RosterAllowList.For(RosterReading.Default, PrivacyPolicy.Product, 1);

        Assert.All(RosterAllowList.Fields, field => Assert.True(list.Allows(field.Collection, field.Field)));
        Assert.All([.. RosterAllowList.OnDemand, .. RosterAllowList.Switched.Select(field => field.Field)], field => Assert.False(list.Allows(field.Collection, field.Field)));
    }

    [Fact]
    public void What_only_chooses_classes_goes_to_nobody() =>
        Assert.StartsWith("nobody", RosterAllowList.Fields.Single(field => field is { Collection: RosterCollection.Classes, Field: "classType" }).Recipient, StringComparison.Ordinal);

    private static string ReadOf(RosterReading reading)
    {
        var list = RosterAllowList.For(reading, PrivacyPolicy.Product, 1);
        Assert.All(RosterAllowList.Fields, field => Assert.True(list.Allows(field.Collection, field.Field)));
        return string.Join(", ", Optional.Where(name => list.Allows(Enum.Parse<RosterCollection>(name.Split(' ')[0], ignoreCase: true), name.Split(' ')[1])));
    }
}
