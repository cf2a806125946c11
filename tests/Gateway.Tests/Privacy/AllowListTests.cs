using Gateway.Privacy;
using Gateway.Privacy.Rosters;
using Lti.Messages;
using OneRoster.Model;

namespace Gateway.Tests.Privacy;

public sealed class AllowListTests
{
    // P-1.5, in the words of LTI and of OneRoster.
    private static readonly string[] Never =
    [
        "family", "givenname", "given_name", "middlename", "preferred", "fullname", "nickname", "email", "username", "password", "identifier", "number", "phone",
        "sms", "birth", "sex", "gender", "race", "ethnicity", "hispanic", "disability", "income", "language", "demographic", "agent", "guardian", "mentor", "address",
        "picture", "pronoun", "metadata", "userids", "profile", "locale",
    ];

    [Fact]
    [Trait("Requirement", "P-1.5")]
    public void No_launch_claim_is_one_that_no_setting_may_switch_on()
    {
        Assert.All(LaunchAllowList.Claims, claim => AssertHarmless(claim.Claim.Path));
        Assert.DoesNotContain(LaunchAllowList.Claims, claim => claim.Claim == LaunchClaim.FullName || claim.Claim == LaunchClaim.Email);
    }

    [Fact]
    [Trait("Requirement", "P-1.5")]
    public void No_roster_field_is_one_that_no_setting_may_switch_on() =>
        Assert.All([.. RosterAllowList.Fields, .. RosterAllowList.Switched.Select(field => field.Field)], field => AssertHarmless(field.Field));

    [Fact]
    [Trait("Requirement", "P-1.4")]
    public void What_a_district_may_switch_on_is_off()
    {
        Assert.DoesNotContain(RosterAllowList.Fields, field => field.Field is "name" or "title" or "subjects" or "grades" or "primaryOrg");
        LaunchClaim[] off = [LaunchClaim.ContextTitle, LaunchClaim.ContextLabel, LaunchClaim.ResourceLinkTitle, LaunchClaim.GivenName];
        Assert.DoesNotContain(LaunchAllowList.Claims, claim => off.Contains(claim.Claim));
    }

    [Fact]
    [Trait("Requirement", "P-1.1")]
    public void Every_entry_says_why_for_whom_and_until_when()
    {
        IEnumerable<(string Purpose, string Recipient, string Retention)> entries =
            [.. LaunchAllowList.Claims.Select(c => (c.Purpose, c.Recipient, c.Retention)), .. RosterAllowList.Fields.Concat(RosterAllowList.OnDemand).Concat(RosterAllowList.Switched.Select(s => s.Field)).Select(f => (f.Purpose, f.Recipient, f.Retention))];
        Assert.All(entries, entry => Assert.All(new[] { entry.Purpose, entry.Recipient, entry.Retention }, text => Assert.True(text.Length > 5)));
    }

    [Fact]
    [Trait("Requirement", "P-1.1")]
    public void Readers_get_the_list_and_nothing_else()
    {
        var newest = PrivacyPolicy.Product.Current.Number;
        var claims = LaunchAllowList.Claims.Select(c => c.Claim).ToHashSet();
        // One place for the SIS id, whichever the registration chose.
        Assert.Equal(claims.Where(claim => claim != LaunchClaim.CustomSisPersonId("person_sourcedid")).ToHashSet(), PrivacyPolicy.Product.ClaimsFor(newest, null).Claims.ToHashSet());
        Assert.Equal(
            claims.Where(claim => !claim.IsSisPersonId).Append(LaunchClaim.CustomSisPersonId("student_no")).ToHashSet(),
            PrivacyPolicy.Product.ClaimsFor(newest, "student_no").Claims.ToHashSet());
        Assert.All(RosterAllowList.Fields, field => Assert.True(RosterAllowList.For(RosterReading.Default, PrivacyPolicy.Product, 1).Allows(field.Collection, field.Field)));
        Assert.False(RosterAllowList.For(RosterReading.Default, PrivacyPolicy.Product, 1).Allows(RosterCollection.Orgs, "name"));
    }

    private static void AssertHarmless(string name) => Assert.DoesNotContain(Never, never => name.Contains(never, StringComparison.OrdinalIgnoreCase));
}
