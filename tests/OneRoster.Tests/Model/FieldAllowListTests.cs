using OneRoster.Model;

namespace OneRoster.Tests.Model;

[Trait("Requirement", "P-1.1")]
public sealed class FieldAllowListTests
{
    [Theory]
    [InlineData("familyName")]
    [InlineData("GIVENNAME")]
    [InlineData("email")]
    [InlineData("username")]
    [InlineData("password")]
    [InlineData("phone")]
    [InlineData("sms")]
    [InlineData("birthDate")]
    [InlineData("demographics")]
    [InlineData("metadata")]
    [Trait("Requirement", "P-1.5")]
    public void Field_that_no_setting_can_switch_on_is_refused_by_name(string field)
    {
        var failure = Assert.Throws<ArgumentException>(() => FieldAllowList.Create([.. Allowed.Least, (RosterCollection.Users, field)]));
        Assert.Contains(field, failure.Message, StringComparison.Ordinal);
        Assert.Contains("never", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RosterCollection.Orgs)]
    [InlineData(RosterCollection.Classes)]
    [Trait("Requirement", "S-11")]
    public void Identifier_can_be_allowed_of_users_and_of_nothing_else(RosterCollection collection)
    {
        Assert.True(FieldAllowList.Create([.. Allowed.Least, (RosterCollection.Users, "identifier")]).Allows(RosterCollection.Users, "identifier"));
        Assert.Throws<ArgumentException>(() => FieldAllowList.Create([.. Allowed.Least, (collection, "identifier")]));
    }

    [Fact]
    public void Field_that_the_model_does_not_have_is_refused() =>
        Assert.Throws<ArgumentException>(() => FieldAllowList.Create([.. Allowed.Least, (RosterCollection.Orgs, "title")]));

    [Fact]
    public void Collection_without_its_required_fields_is_refused()
    {
        var failure = Assert.Throws<ArgumentException>(() => FieldAllowList.Create((RosterCollection.Orgs, "name")));
        Assert.Contains("sourcedId, status, type", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_without_users_are_refused() => Assert.Throws<ArgumentException>(
        () => FieldAllowList.Create(Allowed.Least.Where(field => field.Item1 == RosterCollection.UserRoles)));

    [Fact]
    public void Only_what_is_named_is_allowed()
    {
        var list = FieldAllowList.Create(Allowed.Least);
        Assert.True(list.Allows(RosterCollection.Classes, "school"));
        Assert.False(list.Allows(RosterCollection.Classes, "title"));
        Assert.False(list.Allows(RosterCollection.Users, "email"));
        Assert.Equal(Enum.GetValues<RosterCollection>(), list.Collections);
    }
}
