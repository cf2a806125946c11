using Gateway.Privacy;
using Gateway.Privacy.Rosters;
using Lti.Messages;

namespace Gateway.Tests.Privacy.Policies;

/// <summary>A policy whose last version brings the link's id of a launch, and the titles of classes of a roster and for engines.</summary>
internal static class LaterPolicy
{
    /// <summary>The version that comes after the product's newest.</summary>
    public static int Version { get; } = PrivacyPolicy.Product.Current.Number + 1;

    public static PrivacyPolicy Make() => new(
        [.. PrivacyPolicy.Product.Versions, new(Version, new DateOnly(2027, 3, 1), "Engines are told which link was clicked, and titles of classes.")],
        [.. LaunchAllowList.Claims.Select(claim => claim.Claim == LaunchClaim.ResourceLinkId ? claim with { Since = Version } : claim)],
        RosterAllowList.Fields,
        [.. RosterAllowList.Switched.Select(field => field.Shared == SharedField.ClassTitle ? field with { Field = field.Field with { Since = Version } } : field)],
        new Dictionary<SharedField, int> { [SharedField.ClassTitle] = Version });
}
