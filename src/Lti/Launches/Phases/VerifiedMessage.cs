using Lti.Messages;
using Lti.Messages.Reading;

namespace Lti.Launches.Phases;

/// <summary>Turns checked claims into the message that a host sees.</summary>
internal static class VerifiedMessage
{
    public static LaunchMessage From(LaunchAttempt attempt)
    {
        if (!attempt.IsBrowserBound) throw new InvalidOperationException("No earlier phase bound the browser.");
        var claims = attempt.Claims;
        return new LaunchMessage
        {
            Issuer = claims.Issuer!,
            DeploymentId = claims.DeploymentId!,
            MessageType = attempt.MessageType!.Value,
            TargetLinkUri = string.IsNullOrEmpty(claims.TargetLinkUri) ? null : claims.TargetLinkUri,
            ResourceLinkId = claims.ResourceLinkId,
            ResourceLinkTitle = claims.ResourceLinkTitle,
            Context = claims is { ContextId: null, ContextLabel: null, ContextTitle: null }
                ? null
                : new LaunchContext(claims.ContextId, claims.ContextLabel, claims.ContextTitle),
            Roles = LtiRoles.Of(claims.Roles),
            Subject = claims.Subject,
            SisPersonId = claims.LisPersonId ?? claims.CustomPersonId,
            LegacyUser = attempt.LegacyUser,
            SubmissionUser = claims.SubmissionUser,
            Custom = claims.Custom.ToImmutable(),
            GradeService = claims is { LineItem: null, LineItems: null }
                ? null
                : new GradeService(claims.LineItem, claims.LineItems, claims.GradeScopes.ToImmutable()),
            NamesAndRolesUrl = claims.NamesAndRolesUrl,
            DeepLinking = DeepLinking(claims),
            ReturnUrl = claims.ReturnUrl,
            PlatformGuid = claims.PlatformGuid,
            PlatformProduct = claims.PlatformProduct,
            Locale = claims.Locale,
            Person = claims is { GivenName: null, FamilyName: null, FullName: null, Email: null }
                ? PersonDetails.None
                : new PersonDetails(claims.GivenName, claims.FamilyName, claims.FullName, claims.Email),
        };
    }

    private static DeepLinkingSettings? DeepLinking(LaunchClaims claims) => claims.DeepLinkReturnUrl is null
        ? null
        : new DeepLinkingSettings(
            claims.DeepLinkReturnUrl, claims.DeepLinkData, [.. claims.AcceptTypes], [.. claims.AcceptTargets],
            claims.AcceptMultiple, claims.AcceptLineItem);
}
