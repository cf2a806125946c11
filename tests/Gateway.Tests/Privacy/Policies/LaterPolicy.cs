using Gateway.Privacy;
using Gateway.Privacy.Rosters;
using Lti.Messages;

namespace Gateway.Tests.Privacy.Policies;

/// <summary>A policy whose version 2 brings the link's id of a launch, and the titles of classes of a roster and for engines.</summary>
internal static class LaterPolicy
{
    public static PrivacyPolicy Make() => new(
        [.. PrivacyPolicy.Product.Versions, new(2, new DateOnly(2027, 3, 1), "Engines are told which link was clicked, and titles of classes.")],
        [.. LaunchAllowList.Claims.Select(claim => claim.Claim == LaunchClaim.ResourceLinkId ? claim with { Since = 2 } : claim)],
        RosterAllowList.Fields,
        [.. RosterAllowList.Switched.Select(field => field.Shared == SharedField.ClassTitle ? field with { Field = field.Field with { Since = 2 } } : field)],
        new Dictionary<SharedField, int> { [SharedField.ClassTitle] = 2 });
}
