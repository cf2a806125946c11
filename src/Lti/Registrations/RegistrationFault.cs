namespace Lti.Registrations;

/// <summary>
/// Why a platform's registration came to nothing: a stable code and plain words for the administrator at the screen. It never holds a
/// value that came from outside. Two faults are equal when their codes are.
/// </summary>
public sealed partial class RegistrationFault : IEquatable<RegistrationFault>
{
    private RegistrationFault(string code, string whatHappened, string whatToDo)
    {
        Code = code;
        WhatHappened = whatHappened;
        WhatToDo = whatToDo;
    }

    /// <summary>Stable code, for example <c>lti.registration_issuer_mismatch</c>.</summary>
    public string Code { get; }

    /// <summary>One sentence: what happened.</summary>
    public string WhatHappened { get; }

    /// <summary>One sentence: what to look at.</summary>
    public string WhatToDo { get; }

    /// <inheritdoc/>
    public bool Equals(RegistrationFault? other) => other is not null && Code == other.Code;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RegistrationFault);

    /// <inheritdoc/>
    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);

    /// <summary>The code.</summary>
    public override string ToString() => Code;
}
