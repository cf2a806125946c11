using System.Text.RegularExpressions;
using Gateway.Tests.House;
using OneRoster.Validation;

namespace Gateway.Tests.Rostering;

[Trait("Requirement", "R-2.1")]
public sealed partial class RosterRulesPageTests
{
    [Fact]
    public void The_page_of_rules_says_of_each_what_the_code_says() => Assert.Equal(
        RosterRuleCatalogue.All.Select(rule =>
            $"| `{rule.Id}` | {rule.Severity.ToString().ToLowerInvariant()} | {rule.Title} {rule.Why} | {rule.WhatToDo} | {rule.Clause} |"),
        Repository.Read("docs/roster-rules.md").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)));

    [Fact]
    public void The_rules_of_the_pipelines_check_are_rules_of_the_catalogue()
    {
        var named = RuleName().Matches(Repository.Read("src/Gateway/Rostering/Phases/CheckPhase.cs")).Select(match => match.Groups["id"].Value).ToHashSet();

        Assert.InRange(named.Count, 8, int.MaxValue);
        Assert.Empty(named.Except(RosterRuleCatalogue.All.Select(rule => rule.Id)));
    }

    [GeneratedRegex("\"(?<id>roster\\.[a-z_]+)\"")]
    private static partial Regex RuleName();
}
