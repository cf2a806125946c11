using System.Collections.Concurrent;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Lti.Tests.Fuzz;

/// <summary>
/// How properties are run: how many inputs each gets, and from which seed. The seed is fixed, so that a change is judged by itself;
/// <c>FUZZ_SEED=n</c> in the environment looks elsewhere. What fails is printed as its steps, with FsCheck's own numbers to run it again.
/// </summary>
internal static class Fuzzing
{
    private const ulong Seed = 20260901;

    /// <summary>Inputs for each property.</summary>
    public static readonly IReadOnlyDictionary<string, int> Budget = new Dictionary<string, int>
    {
        ["tokens"] = 34_000,
        ["states"] = 14_000,
        ["logins"] = 18_000,
        ["roles"] = 16_000,
        ["key sets"] = 8_000,
        ["deep linking settings"] = 14_000,
    };

    private static readonly ConcurrentDictionary<string, int> Ran = new();

    /// <summary>Runs a property as often as its budget says; throws with what broke it.</summary>
    public static void Holds<T>(string property, Gen<Input<T>> inputs, Action<T> check)
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("FUZZ_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Seed;
        Ran[property] = 0;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Budget[property]).WithQuietOnSuccess(true).WithReplay(seed, 1),
            Prop.ForAll(inputs.ToArbitrary(), input =>
            {
                Ran[property]++;
                check(input.Value);
            }));
        Assert.Equal(Budget[property], Ran[property]);
    }
}

/// <summary>One input of a property. It says how it was made and never what it holds: that looks like somebody's launch.</summary>
internal sealed class Input<T>(string steps, T value)
{
    public T Value { get; } = value;

    public override string ToString() => steps;
}
