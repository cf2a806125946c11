using System.Text.RegularExpressions;

namespace Gateway.Tests.House;

/// <summary>SECURITY.md says of each threat which tests hold it off: those that there are.</summary>
public sealed partial class ThreatModelTests
{
    [Fact]
    public void Every_threat_names_what_stops_it_and_tests_that_exist()
    {
        var threats = Repository.Read("SECURITY.md").Split("## Threat model")[1].Split('\n').Where(line => Threat().IsMatch(line)).Select(line => line.Split('|')).ToList();
        var tests = Repository.Files("*Tests.cs", "tests").Select(file => Path.GetFileNameWithoutExtension(file)).ToHashSet(StringComparer.Ordinal);

        Assert.True(threats.Count > 20);
        Assert.All(threats, cells => Assert.Equal(6, cells.Length));
        Assert.All(threats, cells => Assert.All(cells[1..5], cell => Assert.NotEqual("", cell.Trim())));
        Expect.Nothing(
            from cells in threats
            let named = Name().Matches(cells[4]).Select(name => name.Groups[1].Value).ToList()
            from missing in named.Count == 0 ? ["no test"] : named.Where(name => !tests.Contains(name))
            select $"{cells[1].Trim()}: {missing}");
    }

    [GeneratedRegex("^\\| (?!who \\| can)")]
    private static partial Regex Threat();

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Name();
}
