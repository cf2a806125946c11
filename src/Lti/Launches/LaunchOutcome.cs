using Lti.Messages;
using Lti.Registrations;

namespace Lti.Launches;

/// <summary>What a launch leads to: a <see cref="LaunchAccepted{T}"/> or a <see cref="LaunchRefused{T}"/>.</summary>
/// <typeparam name="T">What the host's admission made of the launch.</typeparam>
public abstract class LaunchOutcome<T>
{
    private protected LaunchOutcome()
    {
    }
}

/// <summary>The launch passed every phase and was admitted.</summary>
/// <typeparam name="T">What the host's admission made of the launch.</typeparam>
public sealed class LaunchAccepted<T> : LaunchOutcome<T>
{
    internal LaunchAccepted(LaunchMessage message, Registration registration, string? learnedDeployment, T value)
    {
        Message = message;
        Registration = registration;
        LearnedDeployment = learnedDeployment;
        Value = value;
    }

    /// <summary>The verified message.</summary>
    public LaunchMessage Message { get; }

    /// <summary>The registration it came through.</summary>
    public Registration Registration { get; }

    /// <summary>A deployment that the registration did not know yet, or null.</summary>
    public string? LearnedDeployment { get; }

    /// <summary>What the admission gave.</summary>
    public T Value { get; }
}

/// <summary>The launch was refused.</summary>
/// <typeparam name="T">What the host's admission would have made of the launch.</typeparam>
public sealed class LaunchRefused<T> : LaunchOutcome<T>
{
    internal LaunchRefused(LaunchRefusal refusal, string? registrationId)
    {
        Refusal = refusal;
        RegistrationId = registrationId;
    }

    /// <summary>Why.</summary>
    public LaunchRefusal Refusal { get; }

    /// <summary>The host's key of the registration that the login belonged to; null when the state could not be opened.</summary>
    public string? RegistrationId { get; }
}
