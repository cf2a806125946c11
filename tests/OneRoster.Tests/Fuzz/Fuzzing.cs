using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace OneRoster.Tests.Fuzz;

/// <summary>
/// How properties are run. The seed is fixed, so that a change is judged by itself; <c>FUZZ_SEED=n</c> in the environment looks
/// elsewhere. What fails is printed as FsCheck's own numbers to run it again.
/// </summary>
internal static class Fuzzing
{
    private const ulong Seed = 20261122;

    /// <summary>Checks as many inputs; throws with the first that breaks the property.</summary>
    public static void Run(int inputs, Gen<byte[]> generator, Action<byte[]> check)
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("FUZZ_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Seed;
        var ran = 0;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(inputs).WithQuietOnSuccess(true).WithReplay(seed, 1),
            Prop.ForAll(generator.Select(bytes => new Input(bytes)).ToArbitrary(), input =>
            {
                ran++;
                check(input.Bytes);
            }));
        Assert.Equal(inputs, ran);
    }

    /// <summary>One input. It does not print: it looks like somebody's record.</summary>
    private sealed class Input(byte[] bytes)
    {
        public byte[] Bytes { get; } = bytes;

        public override string ToString() => $"{Bytes.Length} bytes";
    }
}
