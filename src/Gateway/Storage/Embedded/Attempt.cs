using System.Diagnostics.CodeAnalysis;

namespace Gateway.Storage.Embedded;

/// <summary>The value a step of the start yields, or the failure that ends the start.</summary>
internal readonly record struct Attempt<T>(T? Value, EmbeddedPostgresFailure? Failure)
    where T : class
{
    public bool Succeeded([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out EmbeddedPostgresFailure? failure)
    {
        value = Value;
        failure = Failure;
        return Failure is null;
    }

    public static implicit operator Attempt<T>(T value) => new(value, null);

    public static implicit operator Attempt<T>(EmbeddedPostgresFailure failure) => new(null, failure);
}
