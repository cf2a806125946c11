namespace Gateway;

/// <summary>An expected failure: a stable code for machines, and what happened and what to do in words for whoever asked.</summary>
internal sealed record Failure(string Code, string Message);

/// <summary>What an operation gives: a value or the reasons why there is none (all of them, not the first).</summary>
internal readonly struct Outcome<T>
{
    private readonly T? value;
    private readonly IReadOnlyList<Failure>? failures;

    private Outcome(T? value, IReadOnlyList<Failure>? failures)
    {
        this.value = value;
        this.failures = failures;
    }

    public bool Succeeded => failures is null;

    public T Value => failures is null ? value! : throw new InvalidOperationException($"There is no value: {failures[0].Code}");

    public IReadOnlyList<Failure> Failures => failures ?? [];

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Failure failure) => new(default, [failure]);

    public static Outcome<T> Failed(IReadOnlyList<Failure> failures) => new(default, failures);
}
