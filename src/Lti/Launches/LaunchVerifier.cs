using System.Buffers.Text;
using Lti.Launches.Phases;
using Lti.Messages;
using Lti.Registrations;
using Lti.Security;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lti.Launches;

/// <summary>Verifies a launch: the phases of <see cref="LaunchPhase"/>, in that order, none of which can be skipped.</summary>
public sealed class LaunchVerifier
{
    private readonly LaunchStep[] steps;
    private readonly IOptions<LtiToolOptions> options;
    private readonly TimeProvider clock;
    private readonly INonceStore? nonces;
    private readonly ILogger logger;

    /// <summary>Made by dependency injection (<c>AddLti</c>), or by hand.</summary>
    /// <param name="registrations">The host's registrations.</param>
    /// <param name="protector">The same protector, with the same keys, as the login initiation's.</param>
    /// <param name="keys">The process's one cache of platforms' keys.</param>
    /// <param name="claims">Which claims may be read.</param>
    /// <param name="options">The tool.</param>
    /// <param name="clock">The time.</param>
    /// <param name="nonces">Needed only by the overload without an admission.</param>
    /// <param name="logger">Gets codes and registration keys, nothing from outside.</param>
    /// <param name="legacySecrets">Secrets of LTI 1.1; without it the claim <c>lti1p1</c> is ignored.</param>
    /// <param name="clocks">Hears what launches say of their platforms' clocks, or null.</param>
    public LaunchVerifier(
        IRegistrationStore registrations,
        IStateProtector protector,
        JwksCache keys,
        IClaimPolicy claims,
        IOptions<LtiToolOptions> options,
        TimeProvider clock,
        INonceStore? nonces = null,
        ILogger<LaunchVerifier>? logger = null,
        ILegacySecretStore? legacySecrets = null,
        IPlatformClocks? clocks = null)
    {
        this.options = options;
        this.clock = clock;
        this.nonces = nonces;
        this.logger = (ILogger?)logger ?? NullLogger.Instance;
        steps =
        [
            new(LaunchPhase.PlatformResponse, PlatformResponsePhase.Run),
            new(LaunchPhase.State, new StatePhase(protector).Run),
            new(LaunchPhase.Browser, BrowserPhase.Run),
            new(LaunchPhase.Registration, new RegistrationPhase(registrations).RunAsync),
            new(LaunchPhase.TokenShape, TokenShapePhase.Run),
            new(LaunchPhase.TokenHeader, TokenHeaderPhase.Run),
            new(LaunchPhase.Key, new KeyPhase(keys).RunAsync),
            new(LaunchPhase.Signature, SignaturePhase.Run),
            new(LaunchPhase.Claims, new ClaimsPhase(claims, registrations).RunAsync),
            new(LaunchPhase.Issuer, TokenClaimPhases.Issuer),
            new(LaunchPhase.Audience, TokenClaimPhases.Audience),
            new(LaunchPhase.Times, new TimesPhase(clocks).Run),
            new(LaunchPhase.Nonce, TokenClaimPhases.Nonce),
            new(LaunchPhase.Version, MessagePhases.Version),
            new(LaunchPhase.MessageType, MessagePhases.MessageType),
            new(LaunchPhase.Deployment, MessagePhases.Deployment),
            new(LaunchPhase.RequiredClaims, MessagePhases.RequiredClaims),
            new(LaunchPhase.LegacyClaim, new LegacyClaimPhase(legacySecrets).RunAsync),
            new(LaunchPhase.TargetLink, MessagePhases.TargetLink),
            // LaunchPhase.Admission follows in VerifyAsync: its result has the host's type.
        ];
    }

    internal IEnumerable<LaunchPhase> Phases => [.. steps.Select(step => step.Phase), LaunchPhase.Admission];

    /// <summary>Verifies a launch and spends its nonce in <see cref="INonceStore"/>.</summary>
    /// <exception cref="InvalidOperationException">No nonce store was given.</exception>
    public ValueTask<LaunchOutcome<LaunchMessage>> VerifyAsync(LaunchRequest request, CancellationToken cancellationToken) =>
        VerifyAsync(
            request,
            new NonceAdmission(nonces ?? throw new InvalidOperationException($"Register an {nameof(INonceStore)}, or verify with an admission that spends the nonce.")),
            cancellationToken);

    /// <summary>Verifies a launch and leaves the last word, and the nonce, to the host's admission.</summary>
    /// <typeparam name="T">What the admission makes of a launch.</typeparam>
    public async ValueTask<LaunchOutcome<T>> VerifyAsync<T>(
        LaunchRequest request, ILaunchAdmission<T> admission, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(admission);
        LaunchAttempt attempt = new(request, options.Value, clock.GetUtcNow());
        foreach (var step in steps)
        {
            if (await step.RunAsync(attempt, cancellationToken) is { } refusal) return Refuse<T>(attempt, refusal);
            // Late enough that the token has the shape of one, and before anything is fetched for it.
            if (step.Phase == LaunchPhase.TokenShape && !attempt.IsBrowserBound) return NeedsBinding<T>(attempt);
        }

        var message = VerifiedMessage.From(attempt);
        var admitted = await admission.AdmitAsync(
            new AdmissionRequest(
                attempt.Registration,
                Base64Url.EncodeToString(attempt.State.Nonce),
                // A replica whose clock is behind would still open the state for as long as the leeway.
                attempt.State.ExpiresAt + attempt.Options.ClockLeeway,
                message,
                attempt.LearnedDeployment),
            cancellationToken);
        return admitted.Refusal is { } refused
            ? Refuse<T>(attempt, refused)
            : new LaunchAccepted<T>(message, attempt.Registration, attempt.LearnedDeployment, attempt.IsBoundByCookie, admitted.Value!);
    }

    /// <summary>What an answer without a token says, of which nothing else is looked at: the platform's error, a launch under LTI 1.1, or null.</summary>
    public static LaunchRefusal? RefusalOfAnswer(LaunchRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PlatformResponsePhase.Of(request);
    }

    private static LaunchNeedsBinding<T> NeedsBinding<T>(LaunchAttempt attempt) => new(
        BrowserBinding.NameFor(attempt.Request.State!, attempt.Options),
        attempt.State.StorageTarget!,
        WebOrigin.Of(attempt.Registration.AuthorizationEndpoint));

    private LaunchRefused<T> Refuse<T>(LaunchAttempt attempt, LaunchRefusal refusal)
    {
        LaunchLog.Refused(logger, refusal.Code, refusal.Phase, attempt.RegistrationId);
        // Past the audience: the platform itself said it. Where several customers share the client and none of them is chosen, nobody is asked.
        var said = refusal.Phase > LaunchPhase.Audience && attempt.RegistrationId is not null ? attempt.Claims : null;
        return new LaunchRefused<T>(refusal, attempt.RegistrationId, said?.ReturnUrl, refusal.Equals(LaunchRefusal.DeploymentUnknown) ? said?.DeploymentId : null);
    }
}
