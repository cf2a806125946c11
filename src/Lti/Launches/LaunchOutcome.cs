using Lti.Messages;
using Lti.Registrations;

namespace Lti.Launches;

/// <summary>What a launch leads to: a <see cref="LaunchAccepted{T}"/>, a <see cref="LaunchRefused{T}"/> or a <see cref="LaunchNeedsBinding{T}"/>.</summary>
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
    internal LaunchAccepted(LaunchMessage message, Registration registration, string? learnedDeployment, bool isBoundByCookie, T value)
    {
        Message = message;
        Registration = registration;
        LearnedDeployment = learnedDeployment;
        IsBoundByCookie = isBoundByCookie;
        Value = value;
    }

    /// <summary>The verified message.</summary>
    public LaunchMessage Message { get; }

    /// <summary>The registration it came through.</summary>
    public Registration Registration { get; }

    /// <summary>A deployment that the registration did not know yet, or null.</summary>
    public string? LearnedDeployment { get; }

    /// <summary>The browser brought the login's cookie, so it keeps cookies here; else it was bound through the platform's storage.</summary>
    public bool IsBoundByCookie { get; }

    /// <summary>What the admission gave.</summary>
    public T Value { get; }
}

/// <summary>The launch was refused.</summary>
/// <typeparam name="T">What the host's admission would have made of the launch.</typeparam>
public sealed class LaunchRefused<T> : LaunchOutcome<T>
{
    internal LaunchRefused(LaunchRefusal refusal, string? registrationId, string? returnUrl, string? unknownDeployment)
    {
        Refusal = refusal;
        RegistrationId = registrationId;
        ReturnUrl = returnUrl;
        UnknownDeployment = unknownDeployment;
    }

    /// <summary>Why.</summary>
    public LaunchRefusal Refusal { get; }

    /// <summary>
    /// The host's key of the registration that the login belonged to; null when the state could not be opened, or when several share the
    /// client and none of them knows the deployment.
    /// </summary>
    public string? RegistrationId { get; }

    /// <summary>
    /// Where the platform wants people to go back to, as <see cref="LaunchMessage.ReturnUrl"/> has it; null unless the token's signature, issuer
    /// and audience were verified before the refusal.
    /// </summary>
    public string? ReturnUrl { get; }

    /// <summary>
    /// With <see cref="LaunchRefusal.DeploymentUnknown"/>: the deployment as the platform's signed token names it, 1 to 255 characters from
    /// outside, so that somebody may approve it. Else null.
    /// </summary>
    public string? UnknownDeployment { get; }
}

/// <summary>
/// The browser brought no cookie, and at login the platform offered its storage. Answer a page with <see cref="PlatformStorageScript"/>
/// that asks there and posts <c>id_token</c> and <c>state</c> again, with what it got as <c>binding</c>. Until here the state opened and is
/// in time, and the id_token has the shape of one; nothing was verified, fetched or spent. The page needs a <c>Referrer-Policy</c> other
/// than <c>no-referrer</c>, which takes <c>Origin</c> away.
/// </summary>
/// <typeparam name="T">What the host's admission will make of the launch.</typeparam>
public sealed class LaunchNeedsBinding<T> : LaunchOutcome<T>
{
    internal LaunchNeedsBinding(string bindingName, string storageTarget, string platformOrigin)
    {
        BindingName = bindingName;
        StorageTarget = storageTarget;
        PlatformOrigin = platformOrigin;
    }

    /// <summary>The key in the platform's storage.</summary>
    public string BindingName { get; }

    /// <summary>The frame of the platform's storage, as <see cref="LoginRedirect.StorageTarget"/> had it.</summary>
    public string StorageTarget { get; }

    /// <summary>The only origin to ask and to believe.</summary>
    public string PlatformOrigin { get; }
}
