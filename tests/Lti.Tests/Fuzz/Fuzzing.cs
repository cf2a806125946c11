using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Lti.Tests.Fuzz;

/// <summary>
/// How properties are run. The seed is fixed, so that a change is judged by itself; <c>FUZZ_SEED=n</c> in the environment looks
/// elsewhere. What fails is printed as its steps, with FsCheck's own numbers to run it again.
/// </summary>
internal static class Fuzzing
{
    private const ulong Seed = 20260901;

    /// <summary>Checks as many inputs; throws with the first that breaks the property.</summary>
    /// <returns>How many inputs were checked.</returns>
    public static int Run<T>(int inputs, Gen<Input<T>> generator, Action<T> check)
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("FUZZ_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Seed;
        var ran = 0;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(inputs).WithQuietOnSuccess(true).WithReplay(seed, 1),
            Prop.ForAll(generator.ToArbitrary(), input =>
            {
                ran++;
                check(input.Value);
            }));
        return ran;
    }
}

/// <summary>One input of a property. It says how it was made and never what it holds: that looks like somebody's launch.</summary>
internal sealed class Input<T>(string steps, T value)
{
    public T Value { get; } = value;

    public override string ToString() => steps;
}
