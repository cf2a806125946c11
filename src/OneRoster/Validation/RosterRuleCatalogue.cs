using System.Collections.Frozen;
using OneRoster.Validation.Catalogue;

namespace OneRoster.Validation;

/// <summary>
/// Every rule that a roster can break, whoever finds it: the readers (<see cref="RosterRules"/>, <see cref="RosterFailures"/>), the validator,
/// or a host that checks rows set-wise.
/// </summary>
public static class RosterRuleCatalogue
{
    /// <summary>All rules, in the order in which a package is checked.</summary>
    public static IReadOnlyList<RosterRule> All { get; } = [.. PackageRules.All, .. FileRules.All, .. RowRules.All, .. ReferenceRules.All, .. ServerRules.All];

    private static readonly FrozenDictionary<string, RosterRule> ById = All.ToFrozenDictionary(rule => rule.Id);

    /// <summary>Finds a rule by its id; null when there is none.</summary>
    public static RosterRule? Find(string id) => ById.GetValueOrDefault(id);
}
