using Lti.Registrations;

namespace Gateway.Platforms.Registering;

/// <summary>Why a platform's registration came to nothing, in words for the platform's administrator.</summary>
/// <param name="Code">Stable; the only part that is logged.</param>
/// <param name="WhatHappened">One sentence.</param>
/// <param name="WhatToDo">One sentence.</param>
/// <param name="PlatformWords">What the platform said, or null: text from outside, for the page alone.</param>
internal sealed record RegistrationProblem(string Code, string WhatHappened, string WhatToDo, string? PlatformWords = null)
{
    private const string AskAnew = "Ask whoever sent you the link for a new one.";

    public static readonly RegistrationProblem InvitationInvalid = new(
        "registration.invitation_invalid", "This registration link is not complete or not ours.", "Copy the whole link and paste it into your learning platform.");

    public static readonly RegistrationProblem InvitationExpired = new("registration.invitation_expired", "This registration link has expired.", AskAnew);

    public static readonly RegistrationProblem InvitationUsed = new(
        "registration.invitation_used", "This registration link has been used.",
        "If your platform shows the tool, the registration is done and waits for approval. Otherwise ask whoever sent you the link for a new one.");

    public static readonly RegistrationProblem NotFromPlatform = new(
        "registration.not_from_platform", "This link is for your learning platform, not for the browser.",
        "Paste it where the platform registers tools by a link. Canvas: Admin, Apps, Manage, Install a New App, LTI 1.3, Dynamic Registration. "
            + "Moodle: Site administration, Plugins, External tool, Manage tools, Tool URL, Add LTI Advantage.");

    public static readonly RegistrationProblem FormInvalid = new(
        "registration.form_invalid", "The form was altered, or it is too old.", "Begin again in your learning platform with the same link.");

    public static readonly RegistrationProblem Exists = new(
        "registration.exists", "This platform has registered the tool before.",
        "Nothing was stored here. Remove the new tool in your platform, and ask whoever sent you the link what to do.");

    public static RegistrationProblem Of(RegistrationFault fault, string? platformWords) => new(fault.Code, fault.WhatHappened, fault.WhatToDo, platformWords);
}
