using System.Text.RegularExpressions;

namespace Gateway.Tests.House;

/// <summary>docs/privacy.md says which tests prove which promise; it says so of every promise and of no test that does not.</summary>
public sealed partial class PrivacyProofTests
{
    // P-5.1, P-5.2 and P-5.8 are about the console and about backups.
    private static readonly string[] Promises =
    [
        .. Numbered(1, 8), .. Numbered(2, 10), .. Numbered(3, 7), .. Numbered(4, 4), "P-5.3", "P-5.4", "P-5.5", "P-5.6", "P-5.7", "P-6",
    ];

    [Fact]
    public void Every_promise_names_the_tests_that_prove_it_and_no_others()
    {
        var told = Rows().ToDictionary(row => row.Promise, row => row.Tests);
        var proven = Marked();

        Assert.Equal(Promises.Order(StringComparer.Ordinal), told.Keys.Order(StringComparer.Ordinal));
        var expected = Promises.Select(promise => $"{promise}: {string.Join(", ", proven.GetValueOrDefault(promise, []))}").ToArray();
        Assert.Equal(expected, Promises.Select(promise => $"{promise}: {string.Join(", ", told[promise])}"));
        Assert.All(Promises, promise => Assert.NotEmpty(told[promise]));
    }

    private static IEnumerable<string> Numbered(int section, int last) => Enumerable.Range(1, last).Select(number => $"P-{section}.{number}");

    private static IEnumerable<(string Promise, string[] Tests)> Rows() =>
        from line in File.ReadLines(Path.Combine(Repository.Root, "docs", "privacy.md"))
        let row = Row().Match(line)
        where row.Success
        select (row.Groups["promise"].Value, Name().Matches(row.Groups["tests"].Value).Select(name => name.Groups[1].Value).ToArray());

    // The classes of tests that bear a promise's number, on themselves or on one of their tests.
    private static Dictionary<string, string[]> Marked() =>
        (from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
         where !file.Contains("node_modules", StringComparison.Ordinal)
         from mark in Mark().Matches(File.ReadAllText(file))
         group Path.GetFileNameWithoutExtension(file) by mark.Groups[1].Value)
        .ToDictionary(promise => promise.Key, promise => promise.Distinct().Order(StringComparer.Ordinal).ToArray());

    [GeneratedRegex(@"^\| (?<promise>P-[\d.]+) \| [^|]+ \| (?<tests>[^|]*) \|$")]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"Trait\(""Requirement"", ""(P-[\d.]+)""\)")]
    private static partial Regex Mark();
}
