namespace Gateway.Tests.House;

/// <summary>The one thing that a house test asserts: that nothing breaks the rule. Its failure lists everything that does.</summary>
internal static class Expect
{
    public static void Nothing(IEnumerable<string> offences)
    {
        var found = offences.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(found.Count == 0, string.Join(Environment.NewLine, found.Prepend($"{found.Count} found:")));
    }
}
