using Lti.Registrations;
using Registration = Gateway.Storage.Model.Registration;

namespace Gateway.Platforms.Registering;

/// <summary>What was registered.</summary>
/// <param name="Registration">Its row.</param>
/// <param name="NotGranted">Scopes that the platform left out.</param>
internal sealed record CompletedRegistration(Registration Registration, IReadOnlyList<string> NotGranted);

/// <summary>
/// The administrator pressed the button: registers the tool at the platform and the platform here, where it waits for approval, unless it
/// is known already and says nothing new. A platform's refusal leaves nothing, and the invitation usable.
/// </summary>
internal sealed class CompleteRegistration(
    RegistrationDrafts drafts, SpentInvitations spent, DynamicRegistration registration, RegistrationRows registrations, RegisterAgain again, ToolKeySets keySets,
    ToolFacts tool, TimeProvider time,
    ILogger<CompleteRegistration> log)
{
    public async Task<(CompletedRegistration? Done, RegistrationProblem? Problem)> RunAsync(string? form, bool confirmed, CancellationToken cancellation)
    {
        if (drafts.Open(form) is not { } draft)
            return (null, RegistrationProblem.FormInvalid);
        if (time.GetUtcNow() >= draft.Invitation.ExpiresAt)
            return (null, RegistrationProblem.InvitationExpired);
        // The administrator who sees the page confirms what it shows; the operator is asked again when the platform is approved.
        if (!confirmed && PlatformSite.HostsElsewhere(draft.Endpoints, PlatformKinds.Of(draft.Kind)).Count > 0)
            return (null, RegistrationProblem.AddressesUnconfirmed);
        if (!await spent.TrySpendAsync(draft.Invitation, cancellation))
            return (null, RegistrationProblem.InvitationUsed);

        // From here on to the end, whether or not the browser waits: the platform must not know a tool that is not known here.
        var offer = ToolOffer.For(PlatformKinds.Of(draft.Kind), draft.KeySet, tool);
        await keySets.AddAsync(draft.Invitation.District, draft.KeySet, CancellationToken.None);
        var answer = await registration.RegisterAsync(draft.Registration, offer, draft.RegistrationToken, CancellationToken.None);
        if (answer.Value is not { } client)
            return await GiveBackAsync(draft, RegistrationProblem.Of(answer));
        CompletedRegistration Completed(Registration row) => new(row, client.Scopes is { } granted ? [.. offer.Scopes.Where(scope => !granted.Contains(scope))] : []);
        try
        {
            if (await again.RunAsync(RowOf(draft), client.DeploymentId, CancellationToken.None) is { } known)
                return (Completed(known), null);
        }
        catch (Exception e) when (PlatformConflicts.Of(e) is not null)
        {
            return await GiveBackAsync(draft, RegistrationProblem.Conflict);
        }

        var added = await registrations.AddAsync(RowOf(draft), client.DeploymentId is { } deployment ? [deployment] : [], CancellationToken.None);
        if (!added.Succeeded)
            return await GiveBackAsync(draft, added.Failures.Contains(PlatformConflicts.Exists) ? RegistrationProblem.Exists : RegistrationProblem.Conflict);
        log.PlatformRegistered(added.Value.Id, draft.Invitation.District);
        return (Completed(added.Value), null);

        Registration RowOf(RegistrationDraft from) => new()
        {
            DistrictId = from.Invitation.District,
            Kind = from.Kind,
            Issuer = from.Issuer,
            ClientId = client.ClientId,
            AuthorizationEndpoint = from.Authorize.OriginalString,
            TokenEndpoint = from.Token.OriginalString,
            JwksUri = from.Jwks.OriginalString,
            TokenAudience = from.TokenAudience,
            Namespace = from.Issuer,
            // Where one client id serves many, the first launch may be another customer's.
            LearnsDeployments = client.DeploymentId is null && !SharedClients.Serves(PlatformKinds.Of(from.Kind), from.Issuer),
            KeySetId = from.KeySet,
            State = RegistrationState.Pending,
            Source = RegistrationSource.Dynamic,
            CreatedAt = time.GetUtcNow(),
        };
    }

    private async Task<(CompletedRegistration?, RegistrationProblem?)> GiveBackAsync(RegistrationDraft draft, RegistrationProblem problem)
    {
        await keySets.RemoveAsync(draft.Invitation.District, draft.KeySet, CancellationToken.None);
        await spent.ReleaseAsync(draft.Invitation, CancellationToken.None);
        return (null, problem);
    }
}
