using OneRoster.Model;

namespace OneRoster.Validation.Checks;

/// <summary>Collects findings: the first of each rule with their places, of the others the number.</summary>
internal sealed class FindingLedger(int mostPerRule) : IRosterObserver
{
    private readonly List<ValidationFinding> findings = [];
    private readonly Dictionary<string, int> listed = [];
    private readonly Dictionary<(string Rule, RuleSeverity Severity, string? File), long> counts = [];

    public IReadOnlyList<ValidationFinding> Findings => findings;

    public IReadOnlyList<ValidationCount> Counts =>
        [.. counts.Select(count => new ValidationCount(RuleOf(count.Key.Rule), count.Key.Severity, count.Key.File, count.Value))];

    /// <summary>Adds a finding; without a fix of its own the rule's.</summary>
    public void Add(string id, string? file, long? line = null, string? column = null, string? fix = null, RuleSeverity? milder = null)
    {
        var rule = RuleOf(id);
        var severity = milder < rule.Severity ? milder.Value : rule.Severity;
        counts[(id, severity, file)] = counts.GetValueOrDefault((id, severity, file)) + 1;
        var before = listed.GetValueOrDefault(id);
        if (before >= mostPerRule)
            return;
        listed[id] = before + 1;
        findings.Add(new ValidationFinding(rule, severity, file, line, column, fix ?? rule.WhatToDo));
    }

    void IRosterObserver.Report(RosterFinding finding) => Add(
        finding.Rule, finding.File, finding.Line, finding.Column, finding.Fix, finding.Severity == FindingSeverity.Warning ? RuleSeverity.Warning : null);

    void IRosterObserver.Progress(RosterCollection collection, long rows, long? expected)
    {
    }

    void IRosterObserver.Restarted(RosterCollection collection)
    {
    }

    private static RosterRule RuleOf(string id) =>
        RosterRuleCatalogue.Find(id) ?? throw new ArgumentException($"The rule {id} is not in the catalogue.", nameof(id));
}
