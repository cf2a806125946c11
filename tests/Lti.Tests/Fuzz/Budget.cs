using FsCheck;

namespace Lti.Tests.Fuzz;

/// <summary>How many inputs each property gets; together at least a hundred thousand.</summary>
internal static class Budget
{
    public static readonly IReadOnlyDictionary<string, int> Inputs = new Dictionary<string, int>
    {
        ["tokens"] = 20_000,
        ["states"] = 14_000,
        ["logins"] = 24_000,
        ["roles"] = 24_000,
        ["key sets"] = 4_000,
        ["deep linking settings"] = 16_000,
    };

    /// <summary>Runs a property on exactly as many inputs as its budget says.</summary>
    public static void Spend<T>(string property, Gen<Input<T>> generator, Action<T> check) =>
        Assert.Equal(Inputs[property], Fuzzing.Run(Inputs[property], generator, check));
}
