using System.Buffers.Text;
using System.Globalization;
using Gateway.Districts;
using Gateway.Engine;
using Gateway.Hosting;
using Gateway.Identity;
using Gateway.Privacy;
using Lti.Launches;
using Lti.Messages;

namespace Gateway.Launches;

/// <summary>
/// The last phase of a launch: subject and SIS id become pseudonyms, then one statement spends the nonce, finds or makes the
/// learner and records the launch (L-1.3, P-1.2).
/// </summary>
internal sealed class LaunchAdmission(
    RegistrationDirectory registrations, DistrictDirectory districts, DistrictKeys keys, EngineClients engines, EngineDistricts sharing, LaunchRecorder recorder,
    LineItemOrigins lineItems, RegistrationNotes notes, RegistrationLimits limits, GatewayMetrics metrics, TimeProvider time)
    : ILaunchAdmission<AdmittedLaunch>
{
    public async ValueTask<Admission<AdmittedLaunch>> AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (!limits.AllowsLaunch(request.Registration.Id))
            return LaunchRefusals.TooMany;
        var message = request.Message;
        var messageType = MessageTypeOf(message.MessageType);
        var number = int.Parse(request.Registration.Id, CultureInfo.InvariantCulture);
        if (await registrations.GetAsync(number, cancellationToken) is not { } platform)
            return LaunchRefusal.RegistrationGone;

        var district = await districts.GetAsync(platform.District, cancellationToken);
        if (Contract.HasEnded(district, time.GetUtcNow()))
            return LaunchRefusals.ContractEnded;
        var role = CourseRoles.Of(message, platform.Kind);
        if (PersonRules.FirstBroken(message, district, role) is { } refusal)
            return refusal;
        if (await keys.FindAsync(platform.District, cancellationToken) is not { } ring)
            return LaunchRefusals.DistrictClosed;
        // Before anything is written: a launch that leads nowhere leaves nothing.
        var own = await engines.EngineOfDistrictAsync(district.EngineClientId, cancellationToken);
        // With the second engine every district of the first has a choice on record: what is remembered of this one is older than that.
        if (own.Refusal == EngineOfDistrict.Ambiguous)
            own = await engines.EngineOfDistrictAsync((await districts.ReadAsync(district.Id, cancellationToken)).EngineClientId, cancellationToken);
        if (own.Engine is not { } engine)
            return LaunchRefusals.EngineUnavailable;
        if (await sharing.FindAsync(engine.ClientId, district.Slug, cancellationToken) is not { Mapping: var mapping })
            return LaunchRefusals.EngineUnavailable;

        // Once for each registration: a known launch asks for nothing.
        var learnedOrigin = platform.LineItemOrigin is null ? lineItems.Of(message) : null;
        var now = time.GetUtcNow();
        var launch = new LaunchToRecord(
            Launch: Guid.CreateVersion7(now),
            Nonce: new Guid(Base64Url.DecodeFromChars(request.Nonce)),
            NonceExpiresAt: request.NonceExpiresAt,
            Registration: platform.Number,
            LearnedDeployment: request.LearnedDeployment,
            LearnedLineItemOrigin: learnedOrigin,
            MessageType: messageType,
            Role: role.Word() ?? "",
            Subject: message.Subject is { } subject ? ring.OfSubject(platform.Namespace, subject) : null,
            SisPerson: message.SisPersonId is { } person ? ring.OfSisPerson(person) : null,
            LegacyUser: message.LegacyUser is { } legacy ? ring.OfLegacyUser(legacy) : null,
            ReviewedSubject: message is { MessageType: LtiMessageType.SubmissionReview, SubmissionUser: { } reviewed } ? ring.OfSubject(platform.Namespace, reviewed) : null,
            KeyVersion: ring.Version,
            Rekeyed: ring.UnderOthers(platform.Namespace, message),
            At: now);
        if (role == CourseRole.Neither)
            launch = launch.WithoutPerson();
        if (await recorder.WriteAsync(platform.District, launch, cancellationToken) is not { } recorded)
            return LaunchRefusal.NonceReplayed;
        if (recorded.IsBlocked)
            return LaunchRefusals.PersonBlocked;
        if (recorded.IsOfUnknownDeployment)
            return LaunchRefusal.DeploymentUnknown;
        if (recorded.Conflict is { } conflict)
            metrics.IdentityConflict(conflict);
        if (request.LearnedDeployment is not null || learnedOrigin is not null)
            await notes.LearnedAsync(platform, recorded.LearnedDeployment, recorded.LineItemOrigin == learnedOrigin && learnedOrigin is not null, cancellationToken);
        return new AdmittedLaunch(launch.Launch, district, platform, engine, messageType, recorded, role, mapping, now);
    }

    // What the engine is told (L-1.7).
    private static string MessageTypeOf(LtiMessageType type) => type switch
    {
        LtiMessageType.ResourceLink => "LtiResourceLinkRequest",
        LtiMessageType.DeepLinking => "LtiDeepLinkingRequest",
        LtiMessageType.SubmissionReview => "LtiSubmissionReviewRequest",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
