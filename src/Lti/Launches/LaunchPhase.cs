namespace Lti.Launches;

/// <summary>The steps of a launch in the order in which they run. A refusal names the step that refused.</summary>
public enum LaunchPhase
{
    /// <summary>Login initiation (1EdTech Security Framework 5.1.1.1).</summary>
    Login,

    /// <summary>The platform answered with an error instead of a token (OpenID Connect Core 3.1.2.6).</summary>
    PlatformResponse,

    /// <summary>The <c>state</c> is ours, unaltered and in time.</summary>
    State,

    /// <summary>The browser is the one that began the login.</summary>
    Browser,

    /// <summary>The registration of the login still exists.</summary>
    Registration,

    /// <summary>Size and shape of the id_token.</summary>
    TokenShape,

    /// <summary>The header of the id_token: algorithm, key id, nothing embedded.</summary>
    TokenHeader,

    /// <summary>The platform's key with that id.</summary>
    Key,

    /// <summary>The signature.</summary>
    Signature,

    /// <summary>Reading the allowed claims.</summary>
    Claims,

    /// <summary><c>iss</c>.</summary>
    Issuer,

    /// <summary><c>aud</c> and <c>azp</c>.</summary>
    Audience,

    /// <summary><c>exp</c>, <c>iat</c>, <c>nbf</c> and age.</summary>
    Times,

    /// <summary>The <c>nonce</c> is the one of this login.</summary>
    Nonce,

    /// <summary>The LTI version.</summary>
    Version,

    /// <summary>The message type.</summary>
    MessageType,

    /// <summary>The deployment.</summary>
    Deployment,

    /// <summary>The claims that the message type requires.</summary>
    RequiredClaims,

    /// <summary>The claim of LTI 1.1, where there is one (LTI 1.3 Migration Guide).</summary>
    LegacyClaim,

    /// <summary>The <c>target_link_uri</c>.</summary>
    TargetLink,

    /// <summary>The host's own decision, in which the nonce is spent.</summary>
    Admission,
}
