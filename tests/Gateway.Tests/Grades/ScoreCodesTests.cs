using System.Text.RegularExpressions;
using Gateway.Tests.House;

namespace Gateway.Tests.Grades;

/// <summary>Every code that a score can have stands in the page of codes, and no other.</summary>
[Trait("Requirement", "T-23")]
public sealed partial class ScoreCodesTests
{
    [Fact]
    public void Every_code_of_scores_is_explained_and_every_explained_code_exists()
    {
        var page = Repository.Read("docs/refusals.md");
        var explained = page[page.IndexOf("## Scores", StringComparison.Ordinal)..].Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .SelectMany(line => Explained().Matches(line.Split('|')[1]).Select(match => match.Groups["code"].Value))
            .ToHashSet();
        var known = CodesIn("src/Lti/Grades", "src/Gateway/Grades");

        Assert.Superset(new HashSet<string> { "lti.score_rejected", "lti.score_outdated", "score.unreadable", "score.ticket_invalid" }, known);
        Assert.Empty(known.Except(explained).Order(StringComparer.Ordinal));
        // Those of the token endpoint are made of its own words (RFC 6749, 5.2).
        Assert.Empty(explained.Except(known).Where(code => !code.StartsWith("lti.token_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Empty(CodesIn("src/Lti/Security").Where(code => code.StartsWith("lti.token_", StringComparison.Ordinal)).Except(explained));
    }

    private static HashSet<string> CodesIn(params string[] folders) =>
        [.. Repository.Files("*.cs", folders).SelectMany(file => Literal().Matches(Repository.Read(file)).Select(match => match.Groups["code"].Value))];

    // A prefix such as "lti.token_" is no code.
    [GeneratedRegex("\"(?<code>(lti|score|api)\\.[a-z]+(_[a-z]+)*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("`(?<code>(lti|score|api)\\.[a-z]+(_[a-z]+)*)`")]
    private static partial Regex Explained();
}
