using System.Globalization;
using Gateway.Launches;
using Gateway.Privacy;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Platforms;

/// <summary>
/// Lets every deployment of a Canvas in, or only those that somebody approves. Canvas makes one for each account and course that the tool is
/// installed in, all within the account that owns the client id; elsewhere a client id may serve strangers.
/// </summary>
internal sealed class LearnDeployments(GatewayDatabase database, RegistrationDirectory directory, AuditTrail trail)
{
    public static readonly Failure CanvasOnly = new("platform.learning_not_used", "Every deployment is learned of a Canvas only: elsewhere approve each with `platform deployment`.");

    /// <summary>What it means, in a sentence for the person who switches it on.</summary>
    public const string Consequence =
        "Every installation by this client id launches from now on, also one that somebody adds in another account which has the client id: approve none by hand, and watch `platform deployment … list`.";

    /// <summary>Whether it changed.</summary>
    public async Task<Outcome<bool>> RunAsync(int district, int platform, bool all, CancellationToken cancellation)
    {
        try
        {
            var outcome = await database.InDistrictAsync<Outcome<bool>>(district, async session =>
            {
                if (await session.Model.Registrations.SingleOrDefaultAsync(r => r.Id == platform, cancellation) is not { } registration)
                    return PlatformFailures.Unknown;
                if (all && registration.Kind != PlatformKinds.Canvas.Name)
                    return CanvasOnly;
                if (registration.LearnsAllDeployments == all && (all || !registration.LearnsDeployments))
                    return false;
                registration.LearnsAllDeployments = all;
                if (!all)
                    registration.LearnsDeployments = false;
                await session.Model.SaveChangesAsync(cancellation);
                await trail.AppendAsync(session, AuditEntry.ByOperator(
                    all ? "platform.learns_all" : "platform.learns_none", ("platform", platform.ToString(CultureInfo.InvariantCulture))), cancellation);
                return true;
            }, cancellation);
            directory.Forget(platform);
            return outcome;
        }
        catch (Exception e) when (PlatformConflicts.Of(e) is { } conflict)
        {
            return conflict;
        }
    }
}
