using Lti.Registrations;

namespace Gateway.Platforms.Registering;

/// <summary>A platform asks to be registered (LTI Dynamic Registration 1.0, 3.3): checks the invitation and the platform, registers nothing.</summary>
internal sealed class BeginRegistration(
    Invitations invitations, SpentInvitations spent, DynamicRegistration registration, TokenAudienceOwners audiences, TimeProvider time)
{
    public async Task<(RegistrationDraft? Draft, RegistrationProblem? Problem)> RunAsync(
        string? invitation, string? openidConfiguration, string? registrationToken, CancellationToken cancellation)
    {
        var opened = invitations.Open(invitation);
        if (opened.Invitation is not { } good)
            return (null, opened.Expired ? RegistrationProblem.InvitationExpired : RegistrationProblem.InvitationInvalid);
        if (await spent.IsSpentAsync(good, cancellation))
            return (null, RegistrationProblem.InvitationUsed);
        // Only who holds an invitation can make the gateway ask an address.
        if (string.IsNullOrEmpty(openidConfiguration))
            return (null, RegistrationProblem.NotFromPlatform);
        var fetched = await registration.FetchConfigurationAsync(openidConfiguration, registrationToken, PlatformKinds.ConfigurationHosts, cancellation);
        if (fetched.Value is not { } platform)
            return (null, RegistrationProblem.Of(fetched));
        var draft = RegistrationDraft.Of(good, platform, registrationToken, Guid.CreateVersion7(time.GetUtcNow()));
        if (draft.TokenAudience is { } audience && !TokenAudiences.IsText(audience))
            return (null, RegistrationProblem.AudienceInvalid);
        return await audiences.IsOfAnotherAsync(null, draft.Endpoints, PlatformKinds.Of(draft.Kind), cancellation)
            ? (null, RegistrationProblem.AudienceOfAnother)
            : (draft, null);
    }
}
