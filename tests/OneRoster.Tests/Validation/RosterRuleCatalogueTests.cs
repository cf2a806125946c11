using System.Reflection;
using OneRoster.Validation;

namespace OneRoster.Tests.Validation;

[Trait("Requirement", "R-2.1")]
public sealed class RosterRuleCatalogueTests
{
    [Fact]
    public void Every_id_that_a_reader_can_report_is_a_rule_of_the_catalogue_and_the_other_way_round() => Assert.Equal(
        new[] { typeof(RosterRules), typeof(RosterFailures) }.SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
        RosterRuleCatalogue.All.Select(rule => rule.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_rule_says_in_sentences_what_is_wrong_what_comes_of_it_and_what_to_do()
    {
        foreach (var rule in RosterRuleCatalogue.All)
        {
            Assert.Matches("^(csv|zip|row|roster|rest)\\.[a-z0-9]+(_[a-z0-9]+)*$", rule.Id);
            Assert.All([rule.Title, rule.Why, rule.WhatToDo], text => Assert.Matches(@"^[A-Z].*\.$", text));
            Assert.All([rule.Title, rule.Why, rule.WhatToDo, rule.Clause], text => Assert.DoesNotContain('|', text));
            Assert.NotEmpty(rule.Clause);
            Assert.Same(rule, RosterRuleCatalogue.Find(rule.Id));
        }
    }
}
