using Lti.Messages;
using Lti.Messages.Reading;
using Lti.Registrations;
using Lti.Security;

namespace Lti.Launches.Phases;

/// <summary>
/// One launch on its way through the phases. Each phase leaves what it established; a phase that asks for something
/// which no earlier phase established is a bug and throws.
/// </summary>
internal sealed class LaunchAttempt(LaunchRequest request, LtiToolOptions options, DateTimeOffset now)
{
    public LaunchRequest Request { get; } = request;

    public LtiToolOptions Options { get; } = options;

    /// <summary>One reading of the clock for the whole launch.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>For refusals: known as soon as the state is open, or when the token's deployment has chosen the registration.</summary>
    public string? RegistrationId { get; private set; }

    public LoginState State
    {
        get => field ?? throw NotYet(nameof(State));
        set
        {
            field = value;
            RegistrationId = value.IsOpen ? null : value.RegistrationId;
        }
    }

    /// <summary>False past the browser's phase only where the platform's storage has still to be asked.</summary>
    public bool IsBrowserBound { get; set; }

    public bool IsBoundByCookie { get; set; }

    public Registration Registration { get => field ?? throw NotYet(nameof(Registration)); set; }

    public CompactToken Token { get => field ?? throw NotYet(nameof(Token)); set; }

    public TokenHeader Header { get => field ?? throw NotYet(nameof(Header)); set; }

    public IReadOnlyList<PlatformKey> Keys { get => field ?? throw NotYet(nameof(Keys)); set; }

    public bool IsSignatureVerified { get; set; }

    public LaunchClaims Claims { get => field ?? throw NotYet(nameof(Claims)); set; }

    public LtiMessageType? MessageType { get; set; }

    public LegacyUser? LegacyUser { get; set; }

    public string? LearnedDeployment { get; set; }

    /// <summary>Puts the registration that the signed token's deployment belongs to in the place of the one that stood for several.</summary>
    public void Settle(Registration registration)
    {
        Registration = registration;
        RegistrationId = registration.Id;
    }

    private static InvalidOperationException NotYet(string what) => new($"No earlier phase established {what}.");
}
