namespace Lti.Registrations;

/// <summary>A step of a dynamic registration: a value, or why there is none.</summary>
/// <typeparam name="T">What the step gives.</typeparam>
public sealed class RegistrationResult<T>
    where T : class
{
    private RegistrationResult(T? value, RegistrationFault? fault, string? platformWords, PlatformClaim? claim)
    {
        Claim = claim;
        Value = value;
        Fault = fault;
        PlatformWords = platformWords;
    }

    /// <summary>The value; null when <see cref="Fault"/> is not.</summary>
    public T? Value { get; }

    /// <summary>Why there is no value, or null.</summary>
    public RegistrationFault? Fault { get; }

    /// <summary>
    /// What the platform said about its refusal, as plain text of at most 400 characters, or null. Text from outside: encode it for the
    /// page, and write it into no log.
    /// </summary>
    public string? PlatformWords { get; }

    /// <summary>What the platform said of itself, with <see cref="RegistrationFault.IssuerMismatch"/>; else null.</summary>
    public PlatformClaim? Claim { get; }

    internal static RegistrationResult<T> Of(T value) => new(value, null, null, null);

    internal static RegistrationResult<T> Because(RegistrationFault fault, string? platformWords = null, PlatformClaim? claim = null) =>
        new(null, fault, platformWords, claim);
}
