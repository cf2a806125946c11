using Lti.Messages;

namespace Lti.Launches.Phases;

/// <summary>The claims that make an id_token an LTI message (LTI Core 5.3).</summary>
internal static class MessagePhases
{
    // Messages of other LTI specifications, to be refused by name.
    private static readonly string[] KnownElsewhere =
    [
        "LtiStartProctoring", "LtiStartAssessment", "LtiEndAssessment", "LtiContextLaunchRequest", "LtiDataPrivacyLaunchRequest",
        "LtiEulaRequest", "LtiReportReviewRequest", "LtiAssetProcessorSettingsRequest", "LtiDeepLinkingResponse",
    ];

    public static LaunchRefusal? Version(LaunchAttempt attempt)
    {
        var claims = attempt.Claims;
        if (claims is { Version: null, MessageType: null, DeploymentId: null }) return LaunchRefusal.NotLti;
        if (string.IsNullOrEmpty(claims.Version)) return LaunchRefusal.VersionMissing;
        return claims.Version == "1.3.0" ? null : LaunchRefusal.VersionUnsupported;
    }

    public static LaunchRefusal? MessageType(LaunchAttempt attempt)
    {
        var name = attempt.Claims.MessageType;
        if (string.IsNullOrEmpty(name)) return LaunchRefusal.MessageTypeMissing;
        attempt.MessageType = name switch
        {
            "LtiResourceLinkRequest" => LtiMessageType.ResourceLink,
            "LtiDeepLinkingRequest" => LtiMessageType.DeepLinking,
            "LtiSubmissionReviewRequest" => LtiMessageType.SubmissionReview,
            _ => null,
        };
        if (attempt.MessageType is not null) return null;
        return Array.Find(KnownElsewhere, known => known == name) is { } elsewhere
            ? LaunchRefusal.MessageTypeUnsupported.Naming(elsewhere)
            : LaunchRefusal.MessageTypeUnsupported;
    }

    public static LaunchRefusal? Deployment(LaunchAttempt attempt)
    {
        var (id, registration) = (attempt.Claims.DeploymentId, attempt.Registration);
        if (string.IsNullOrEmpty(id)) return LaunchRefusal.DeploymentMissing;
        if (registration.DeploymentIds.Contains(id)) return null;
        if (!registration.LearnsDeployments) return LaunchRefusal.DeploymentUnknown;
        attempt.LearnedDeployment = id;
        return null;
    }

    public static LaunchRefusal? RequiredClaims(LaunchAttempt attempt)
    {
        var claims = attempt.Claims;
        // LTI Core 5.3.7: required, and an empty list is allowed.
        if (!claims.HasRoles) return LaunchRefusal.RolesMissing;
        if (!claims.HasSubject && !attempt.Options.AllowAnonymousLaunches) return LaunchRefusal.SubjectMissing;
        return attempt.MessageType switch
        {
            LtiMessageType.ResourceLink when !claims.HasResourceLinkId => LaunchRefusal.ResourceLinkMissing,
            LtiMessageType.DeepLinking when !claims.HasDeepLinkReturn => LaunchRefusal.DeepLinkingSettingsMissing,
            LtiMessageType.SubmissionReview when !claims.HasSubmissionUser => LaunchRefusal.SubmissionUserMissing,
            LtiMessageType.SubmissionReview when !claims.HasLineItem => LaunchRefusal.GradeServiceMissing,
            _ => null,
        };
    }

    public static LaunchRefusal? TargetLink(LaunchAttempt attempt)
    {
        var (claimed, atLogin) = (attempt.Claims.TargetLinkUri, attempt.State.TargetLinkUri);
        if (string.IsNullOrEmpty(claimed))
            return attempt.MessageType == LtiMessageType.DeepLinking ? null : LaunchRefusal.TargetMissing;
        // LTI Core 5.3.4: the same value as at login, where one was given.
        if (atLogin is not null) return claimed == atLogin ? null : LaunchRefusal.TargetMismatch;
        return TargetLinks.IsOurs(claimed, attempt.Options) ? null : LaunchRefusal.TargetClaimNotOurs;
    }
}
