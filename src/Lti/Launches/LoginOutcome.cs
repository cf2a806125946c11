using System.Globalization;
using Lti.Registrations;

namespace Lti.Launches;

/// <summary>What a login initiation leads to: a <see cref="LoginRedirect"/> or a <see cref="LoginRefused"/>.</summary>
public abstract class LoginOutcome
{
    private protected LoginOutcome()
    {
    }
}

/// <summary>Send the browser to the platform, and give it the binding to bring back.</summary>
public sealed class LoginRedirect : LoginOutcome
{
    internal LoginRedirect(
        string location, string bindingName, string bindingValue, TimeSpan bindingLifetime, string? storageTarget, Registration registration)
    {
        Location = location;
        BindingName = bindingName;
        BindingValue = bindingValue;
        BindingLifetime = bindingLifetime;
        StorageTarget = storageTarget;
        Registration = registration;
    }

    /// <summary>The authorization request as an absolute URL, ready for a <c>Location</c> header. It may contain a person's id: do not log it.</summary>
    public string Location { get; }

    /// <summary>
    /// Name of the browser binding: a cookie (<c>SameSite=None; Secure; HttpOnly; Partitioned; Path=/</c>) or a key in the platform's
    /// storage. It follows from the state, so that launches in several tabs do not overwrite each other.
    /// </summary>
    public string BindingName { get; }

    /// <summary>Value of the browser binding: 32 random bytes in base64url.</summary>
    public string BindingValue { get; }

    /// <summary>How long the binding is of use.</summary>
    public TimeSpan BindingLifetime { get; }

    /// <summary>
    /// The frame of the platform's storage, for a browser that keeps no cookie: a name of letters, digits, <c>_</c>, <c>-</c>, <c>.</c> and
    /// <c>:</c>, of which <c>_parent</c> is the platform's own page. Null when the platform offers none, or no such name.
    /// </summary>
    public string? StorageTarget { get; }

    /// <summary>The only origin that the binding may be given to (LTI Platform Storage 0.1): the one of the authorization endpoint.</summary>
    public string PlatformOrigin => WebOrigin.Of(Registration.AuthorizationEndpoint);

    /// <summary>The binding as the value of a <c>Set-Cookie</c> header: kept in frames of other sites too, and read by no script.</summary>
    public string SetCookie => string.Create(
        CultureInfo.InvariantCulture,
        $"{BindingName}={BindingValue}; Path=/; Secure; HttpOnly; SameSite=None; Partitioned; Max-Age={(int)BindingLifetime.TotalSeconds}");

    /// <summary>The registration that the login belongs to.</summary>
    public Registration Registration { get; }
}

/// <summary>The login was refused.</summary>
public sealed class LoginRefused : LoginOutcome
{
    internal LoginRefused(LaunchRefusal refusal) => Refusal = refusal;

    /// <summary>Why.</summary>
    public LaunchRefusal Refusal { get; }
}
