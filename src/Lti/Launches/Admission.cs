namespace Lti.Launches;

/// <summary>
/// An admission's answer: admitted with a value, or refused. Both convert by themselves: <c>return LaunchRefusal.NonceReplayed;</c>.
/// </summary>
/// <typeparam name="T">What the host makes of a launch.</typeparam>
public sealed class Admission<T>
{
    private Admission(T? value, LaunchRefusal? refusal)
    {
        Value = value;
        Refusal = refusal;
    }

    /// <summary>Why not, or null.</summary>
    public LaunchRefusal? Refusal { get; }

    internal T? Value { get; }

    /// <summary>Admits.</summary>
    public static implicit operator Admission<T>(T value) => new(value, null);

    /// <summary>Refuses.</summary>
    public static implicit operator Admission<T>(LaunchRefusal refusal) => Refused(refusal);

    internal static Admission<T> Admitted(T value) => new(value, null);

    internal static Admission<T> Refused(LaunchRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new(default, refusal);
    }
}

/// <summary>Named forms of <see cref="Admission{T}"/>, for values whose type is an interface.</summary>
public static class Admission
{
    /// <summary>Admits with a value.</summary>
    public static Admission<T> Admitted<T>(T value) => Admission<T>.Admitted(value);

    /// <summary>Refuses.</summary>
    public static Admission<T> Refused<T>(LaunchRefusal refusal) => Admission<T>.Refused(refusal);
}
