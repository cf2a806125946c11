using System.Buffers.Text;
using System.Globalization;
using Gateway.Districts;
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
    RegistrationDirectory registrations, DistrictDirectory districts, DistrictKeys keys, EngineClients engines, LaunchRecord record, TimeProvider time)
    : ILaunchAdmission<AdmittedLaunch>
{
    public async ValueTask<Admission<AdmittedLaunch>> AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var message = request.Message;
        if (message.MessageType != LtiMessageType.ResourceLink)
            return LaunchRefusals.MessageNotOffered;
        var number = int.Parse(request.Registration.Id, CultureInfo.InvariantCulture);
        if (await registrations.GetAsync(number, cancellationToken) is not { } platform || message.Subject is not { } subject)
            return LaunchRefusal.SubjectMissing;

        var district = await districts.GetAsync(platform.District, cancellationToken);
        if (await keys.FindAsync(platform.District, cancellationToken) is not { } ring)
            return LaunchRefusals.DistrictClosed;
        // Before anything is written: a launch that leads nowhere leaves nothing.
        if ((await engines.EngineOfDistrictAsync(district.EngineClientId, cancellationToken)).Engine is not { } engine)
            return LaunchRefusals.EngineUnavailable;

        var now = time.GetUtcNow();
        var launch = new LaunchToRecord(
            Launch: Guid.CreateVersion7(now),
            Nonce: new Guid(Base64Url.DecodeFromChars(request.Nonce)),
            NonceExpiresAt: request.NonceExpiresAt,
            Registration: platform.Number,
            LearnedDeployment: request.LearnedDeployment,
            MessageType: "LtiResourceLinkRequest",
            Role: RoleOf(message.Roles),
            Subject: ring.OfSubject(platform.Namespace, subject),
            SisPerson: message.SisPersonId is { } person ? ring.OfSisPerson(person) : null,
            LegacyUser: null,
            ReviewedSubject: null,
            KeyVersion: ring.Version,
            At: now);
        if (await record.WriteAsync(platform.District, launch, cancellationToken) is not { Learner: { } learner })
            return LaunchRefusal.NonceReplayed;
        if (request.LearnedDeployment is not null)
            registrations.Forget(platform.Number);
        return new AdmittedLaunch(launch.Launch, district, platform, engine, learner, launch.Role, now);
    }

    // L-1.8: what the course says counts; whoever is both, or nothing that is known, gets the lesser role.
    private static string RoleOf(LtiRoles roles) => roles is { IsInstructor: true, IsLearner: false } ? "teacher" : "student";
}
