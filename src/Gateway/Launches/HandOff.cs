using Gateway.Hosting;
using Gateway.Identity;
using Gateway.Privacy;
using Lti.Messages;

namespace Gateway.Launches;

/// <summary>From a recorded launch to the engine's sign-in: a one-time ticket in <c>login_hint</c> (OIDC Core 4), bound to the browser.</summary>
internal sealed class HandOff(EngineHandOff handOff, ScoreTickets scoreTickets, LineItemOrigins lineItems, RegistrationNotes notes, GatewayMetrics metrics)
{
    private static readonly TimeSpan ScoresTakenFor = TimeSpan.FromDays(90);

    /// <summary>The address to send the browser to.</summary>
    /// <param name="launch">The recorded launch.</param>
    /// <param name="message">What the platform said.</param>
    /// <param name="browser">What the browser's cookie holds from now on; null where it keeps none.</param>
    /// <param name="cancellation">Stops the reading of keys.</param>
    public async Task<string> ToEngineAsync(AdmittedLaunch launch, LaunchMessage message, Guid? browser, CancellationToken cancellation)
    {
        var engine = launch.Engine;
        var ticket = new SignInTicket(
            launch.LaunchId,
            launch.District.Id,
            launch.District.Slug,
            launch.Recorded.Learner,
            launch.ToldRole,
            engine.ClientId,
            launch.MessageType,
            launch.Recorded.ReviewedLearner,
            message.ResourceLinkId,
            message.Context?.Id,
            EngineTarget.Of(engine.InitiateLoginUri, message.TargetLinkUri, message.Custom.GetValueOrDefault(EngineTarget.PathParameter)),
            await ScoreTicketOfAsync(launch, message, engine.ClientId, cancellation),
            launch.At)
        {
            Browser = browser,
            ReturnUrl = ReturnAddress.Of(message.ReturnUrl, launch.Platform),
        };
        metrics.Launched("accepted");
        return handOff.UrlFor(engine, ticket);
    }

    // Only students are graded, for what they do at a link and not for looking at what was done, and only where the platform gave this link a
    // column and the right to write to it.
    private async ValueTask<string?> ScoreTicketOfAsync(AdmittedLaunch launch, LaunchMessage message, string clientId, CancellationToken cancellation)
    {
        if (launch.Role != CourseRole.Student || message.MessageType != LtiMessageType.ResourceLink || launch.Recorded.Learner is null
            || message.Subject is not { } user || message.GradeService is not { LineItem: { } lineItem } grades
            || !grades.Scopes.Contains(Lti.Security.LtiScopes.Score))
            return null;
        // T-6: the student goes in, and no score is ever sent to a host that is not the platform's.
        if (!lineItems.Admits(launch.LineItemOrigin, lineItem))
        {
            await notes.LineItemElsewhereAsync(launch.Platform, cancellation);
            return null;
        }

        return await scoreTickets.IssueAsync(
            new ScoreTicket(launch.District.Id, launch.LaunchId, launch.Platform.Number, lineItem, user, launch.At + ScoresTakenFor), clientId, cancellation);
    }
}
