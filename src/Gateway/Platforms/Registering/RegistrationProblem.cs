using Lti.Registrations;

namespace Gateway.Platforms.Registering;

/// <summary>Why a platform's registration came to nothing, in words for the platform's administrator.</summary>
/// <param name="Code">Stable; the only part that is logged.</param>
/// <param name="WhatHappened">One sentence.</param>
/// <param name="WhatToDo">One sentence.</param>
/// <param name="PlatformWords">What the platform said, or null: text from outside, for the page alone.</param>
internal sealed record RegistrationProblem(string Code, string WhatHappened, string WhatToDo, string? PlatformWords = null)
{
    private const string AskAnew = "Ask the sender of the link for a new one.";

    public static readonly RegistrationProblem InvitationInvalid = new(
        "registration.invitation_invalid", "This registration link is not complete or not ours.", "Copy the whole link and paste it into your learning platform.");

    public static readonly RegistrationProblem InvitationExpired = new("registration.invitation_expired", "This registration link has expired.", AskAnew);

    public static readonly RegistrationProblem InvitationUsed = new(
        "registration.invitation_used", "This registration link has been used.",
        "If your platform shows the tool, the registration is done and waits for approval. Otherwise ask the sender of the link for a new one.");

    public static readonly RegistrationProblem NotFromPlatform = new(
        "registration.not_from_platform", "This link is for your learning platform, not for the browser.",
        "Paste it where the platform registers tools by a link. "
            + string.Join(' ', PlatformKinds.All.Where(kind => kind.WhereLinkIsPasted is not null).Select(kind => $"{kind.Title}: {kind.WhereLinkIsPasted}.")));

    public static readonly RegistrationProblem FormInvalid = new(
        "registration.form_invalid", "The form was altered, or it is too old.", "Begin again in your learning platform with the same link.");

    public static readonly RegistrationProblem AddressesUnconfirmed = new(
        "registration.addresses_unconfirmed", "An address of this platform is at a host that is not the platform's own site.",
        "Begin again in your learning platform with the same link, and tick the box below the addresses if they are right.");

    public static readonly RegistrationProblem Conflict = new(
        "registration.conflict", "Another platform here has the client id or the token address that your platform gave.",
        "Nothing was stored here. Ask the person who sent you the link what to do.");

    public static readonly RegistrationProblem Exists = new(
        "registration.exists", "The tool is registered with this issuer and client id for another district.",
        "Nothing was changed here, and what works goes on working. Tell the sender of the link, with the code below.");

    public static readonly RegistrationProblem AudienceInvalid = new(
        "registration.audience_invalid", "Your platform's configuration names an authorization server that is no address and no name.",
        "authorization_server must be 1 to 1,024 characters without blanks. Ask the platform's vendor, or have the gateway's operator register it by hand.");

    public static readonly RegistrationProblem AudienceOfAnother = new(
        "registration.audience_of_another", "Your platform asks the gateway to sign for another platform's address.",
        "authorization_server of your platform's configuration must be your platform's own. Ask its vendor, or have the gateway's operator register it by hand.");

    /// <summary>What a step of the registration came to. Where the issuer does not fit, the words are those for the platform's kind.</summary>
    public static RegistrationProblem Of<T>(RegistrationResult<T> failed)
        where T : class
    {
        var fault = failed.Fault!;
        var whatToDo = failed.Claim is { } claim ? PlatformKinds.OfPlatform(claim.Issuer, claim.ProductFamily).OnIssuerMismatch : fault.WhatToDo;
        return new(fault.Code, fault.WhatHappened, whatToDo, failed.PlatformWords);
    }
}
