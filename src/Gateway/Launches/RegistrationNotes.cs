using System.Globalization;
using System.Text;
using Gateway.Alerts;
using Gateway.Privacy;
using Gateway.Storage;

namespace Gateway.Launches;

/// <summary>
/// What launches tell of their registration besides the person: a deployment that was learned, one that nobody has approved, a line item at
/// another host. It is written down, counted, and told to the district.
/// </summary>
internal sealed class RegistrationNotes(GatewayDatabase database, RegistrationDirectory registrations, Incidents incidents, AuditTrail trail, TimeProvider time)
{
    /// <summary>So many deployments wait at one registration; the platform's customers, not ours, decide how many there are.</summary>
    public const int MostWaiting = 50;

    /// <summary>The launch taught the gateway something: the next one must see it.</summary>
    public async Task LearnedAsync(PlatformRegistration platform, bool deployment, bool lineItemOrigin, CancellationToken cancellation)
    {
        registrations.Forget(platform.Number);
        await database.InDistrictAsync(platform.District, async session =>
        {
            if (deployment)
                await trail.AppendAsync(session, AuditEntry.Of(AuditEntry.Platform, "platform.deployment_learned", ("platform", TextOf(platform))), cancellation);
            if (lineItemOrigin)
                await trail.AppendAsync(session, AuditEntry.Of(AuditEntry.Platform, "platform.line_items_learned", ("platform", TextOf(platform))), cancellation);
        }, cancellation);
    }

    /// <summary>A launch was refused because nobody has approved its deployment: it waits for that from now on.</summary>
    /// <param name="registration">The registration's number as the library has it; null: nobody's.</param>
    /// <param name="deployment">As the platform's signed token names it; null when the launch was refused for something else.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public async Task UnknownDeploymentAsync(string? registration, string? deployment, CancellationToken cancellation)
    {
        if (deployment is null || !int.TryParse(registration, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || await registrations.GetAsync(number, cancellation) is not { } platform)
            return;
        // What was known here may be older than a deployment that another replica learned, or that another district was given.
        registrations.Forget(number);
        var sharing = await registrations.FindAsync(platform.Registration.Issuer, platform.Registration.ClientId, cancellation);
        if (sharing.Any(one => one.DeploymentIds.Contains(deployment)))
            return;
        if (IsPresentable(deployment))
            await database.InDistrictAsync(platform.District, async session =>
            {
                await using var wait = session.Command("select gateway.let_deployment_wait(@registration, @deployment, @most, @now)");
                wait.Parameters.AddWithValue("registration", number);
                wait.Parameters.AddWithValue("deployment", deployment);
                wait.Parameters.AddWithValue("most", MostWaiting);
                wait.Parameters.AddWithValue("now", time.GetUtcNow());
                if (await wait.ExecuteScalarAsync(cancellation) is true)
                    await trail.AppendAsync(session, AuditEntry.Of(AuditEntry.Platform, "platform.deployment_waits", ("platform", TextOf(platform))), cancellation);
            }, cancellation);
        await incidents.NoticeAsync(platform.District, IncidentKind.UnknownDeployment, TextOf(platform), threshold: 1, cancellation);
    }

    /// <summary>A launch, or a ticket from an earlier one, names a line item where the platform's are not: nothing is sent there.</summary>
    public Task LineItemElsewhereAsync(PlatformRegistration platform, CancellationToken cancellation) =>
        incidents.NoticeAsync(platform.District, IncidentKind.LineItemElsewhere, TextOf(platform), threshold: 1, cancellation);

    // It is shown in a terminal: no character that moves the cursor or turns the line around.
    private static bool IsPresentable(string deployment) => deployment.Length is > 0 and <= 255 && !deployment.EnumerateRunes().Any(rune =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate);

    private static string TextOf(PlatformRegistration platform) => platform.Number.ToString(CultureInfo.InvariantCulture);
}
