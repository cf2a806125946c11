using Gateway.Privacy;
using Gateway.Privacy.Rosters;
using Lti.Messages;
using OneRoster.Model;

namespace Gateway.Tests.Privacy.Policies;

[Trait("Requirement", "P-4.3")]
public sealed class PrivacyPolicyTests
{
    [Fact]
    public void Versions_count_up_from_one_and_every_field_belongs_to_one()
    {
        var policy = PrivacyPolicy.Product;

        Assert.Equal(Enumerable.Range(1, policy.Versions.Count), policy.Versions.Select(version => version.Number));
        Assert.Equal(policy.Versions.Select(version => version.Updated).Order(), policy.Versions.Select(version => version.Updated));
        Assert.All(policy.Fields(), field => Assert.InRange(field.Since, 1, policy.Current.Number));
        Assert.All(policy.Versions, version => Assert.NotEmpty(policy.FieldsOf(version.Number)));
    }

    [Fact]
    public void A_claim_of_a_later_version_is_on_no_list_before()
    {
        var policy = LaterPolicy.Make();

        Assert.False(policy.ClaimsFor(LaterPolicy.Version - 1, null).Allows(LaunchClaim.ResourceLinkId));
        Assert.True(policy.ClaimsFor(LaterPolicy.Version, null).Allows(LaunchClaim.ResourceLinkId));
        Assert.Equal(PrivacyPolicy.Product.ClaimsFor(LaterPolicy.Version - 1, null).Claims.ToHashSet(), policy.ClaimsFor(LaterPolicy.Version, null).Claims.ToHashSet());
    }

    [Fact]
    [Trait("Requirement", "T-23")]
    public void The_way_back_to_the_course_is_read_only_for_a_district_that_accepted_it()
    {
        Assert.False(PrivacyPolicy.Product.ClaimsFor(1, null).Allows(LaunchClaim.ReturnUrl));
        Assert.True(PrivacyPolicy.Product.ClaimsFor(2, null).Allows(LaunchClaim.ReturnUrl));
    }

    [Fact]
    public void A_roster_field_of_a_later_version_is_neither_asked_nor_read_before()
    {
        var policy = LaterPolicy.Make();
        var reading = RosterReading.Default with { Shared = [.. Enum.GetValues<SharedField>()] };

        Assert.False(RosterAllowList.For(reading, policy, LaterPolicy.Version - 1).Allows(RosterCollection.Classes, "title"));
        Assert.True(RosterAllowList.For(reading, policy, LaterPolicy.Version).Allows(RosterCollection.Classes, "title"));
    }

    [Fact]
    public void A_field_that_a_later_version_gives_is_neither_given_nor_read_for_anybody_before()
    {
        var policy = LaterPolicy.Make();
        SharedField[] given = [SharedField.Role, SharedField.ClassTitle];

        Assert.Equal([SharedField.Role], policy.Among(given, accepted: LaterPolicy.Version - 1));
        Assert.Equal(given.ToHashSet(), policy.Among(given, accepted: LaterPolicy.Version).ToHashSet());
        Assert.Equal([SharedField.Role], policy.Readable(given, accepted: LaterPolicy.Version - 1));
        Assert.Equal(given.ToHashSet(), policy.Readable(given, accepted: LaterPolicy.Version).ToHashSet());
    }

    [Fact]
    public void What_changed_is_listed_with_purpose_and_recipient() =>
        Assert.Equal(["resource_link.id", "Classes.title", "classTitle"], LaterPolicy.Make().FieldsOf(LaterPolicy.Version).Select(field => field.Field));
}
